# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m venv /opt/cuicha \
    && /opt/cuicha/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY data data
COPY model model
COPY screening screening
COPY serving serving
COPY training training
RUN /opt/cuicha/bin/pip install --no-cache-dir --no-deps . \
    && /opt/cuicha/bin/python -m compileall -q /opt/cuicha/lib

FROM python:3.11-slim
LABEL org.opencontainers.image.title="cuicha" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --no-create-home cuicha
COPY --from=build /opt/cuicha /opt/cuicha
ENV PATH=/opt/cuicha/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["cuicha", "serve", "--host", "0.0.0.0", "--port", "8000"]
