"""A FastAPI service with one route that does nothing: what the framework costs by itself."""

from __future__ import annotations

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def nothing() -> dict[str, str]:
    """Nothing."""
    return {}
