"""The front door: parse, call one function, show, exit. The only room with Typer and Rich."""

from vermegroup.cli.app import main

__all__ = ["main"]
