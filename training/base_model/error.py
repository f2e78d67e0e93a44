"""What goes wrong with the inputs of the base encoder."""


class BaseModelError(Exception):
    """The base encoder could not be built; the message says which input is at fault."""
