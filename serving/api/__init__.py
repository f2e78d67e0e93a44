"""HTTP: FastAPI routes over the screener."""
