"""The commands: read arguments, call one function, print, choose the exit code."""
