"""The commands: parse, call one function, show, exit. The only room with Typer and Rich."""
