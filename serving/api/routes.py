"""The REST endpoints."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from screening.lookup import MAX_QUERY, Lookup, look_up
from screening.routes import official_routes
from screening.verdict import OperatingPointName, Verdict
from serving.api.body import parse_messages, read_body
from serving.api.problems import problem_response
from serving.api.schemas import Health, InstitutionOut, Problem, verdict_request
from serving.api.state import Service
from serving.errors import surface_error

router = APIRouter()


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {}}  # type: ignore[var-annotated]
    return {status: {"model": Problem, "content": content} for status in statuses}


def get_service(request: Request) -> Service:
    """The service of the running app."""
    service: Service = request.app.state.service
    return service


ServiceDependency = Annotated[Service, Depends(get_service)]


@router.post(
    "/v1/verdicts",
    summary="检查一条或多条消息 · Check one message or a list",
    response_model=Verdict | list[Verdict],
    responses=_problems(400, 413, 422, 503),
    openapi_extra=verdict_request(),
)
async def verdicts(
    request: Request,
    service: ServiceDependency,
    operating_point: Annotated[OperatingPointName, Query()] = "paste",
) -> Response:
    """A verdict for a message, a list of verdicts in the same order for a list."""
    messages, is_list = parse_messages(await read_body(request))
    found = await service.screen(messages, operating_point)
    bodies = [verdict.model_dump_json() for verdict in found]
    content = f"[{','.join(bodies)}]" if is_list else bodies[0]
    return Response(content, media_type="application/json")


@router.get(
    "/v1/institutions",
    summary="官方渠道目录 · Directory of official channels",
    responses=_problems(503),
)
def institutions(service: ServiceDependency) -> list[InstitutionOut]:
    """Every lender of the directory with its confirmed channels."""
    screener = service.screener
    return [
        InstitutionOut(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            official=tuple(official_routes(entry, screener.today())),
        )
        for entry in screener.directory.institutions.values()
    ]


@router.get(
    "/v1/lookup",
    summary="这个号码、网址、机构是谁的 · Whose is this number, link or name",
    responses=_problems(422, 503),
)
def lookup(
    service: ServiceDependency,
    q: Annotated[
        str,
        Query(
            description="95511 · 平安普惠 · https://…",
            examples=["95511"],
            json_schema_extra={"minLength": 1, "maxLength": MAX_QUERY},
        ),
    ],
) -> Lookup:
    """What the directory says. Not found tells neither way: the directory is incomplete."""
    screener = service.screener
    return look_up(q, screener.directory, screener.today())


@router.get("/healthz", summary="进程在运行 · The process is up")
def healthz() -> Health:
    """Answer as long as the process runs."""
    return Health(status="ok")


@router.get("/readyz", summary="可以检查消息 · Verdicts can be given", responses=_problems(503))
def readyz(request: Request, service: ServiceDependency) -> Response:
    """Answer 200 once a verdict has been computed, 503 before."""
    if not service.ready:
        return problem_response(request, surface_error("not_ready"))
    return Response(Health(status="ready").model_dump_json(), media_type="application/json")
