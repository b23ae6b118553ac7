"""Which archives are made to exhaust whoever opens them: sizes packed and unpacked come in, yes or no goes out."""

__all__ = ["STEEPEST", "explodes"]

# What gives more than `FREE` bytes at more than `STEEPEST` times its own size is a bomb: reports shrink 3 to 10 times,
# tables and server logs 30 times; zeros, of which bombs are made, 1,030 times.
FREE = 100_000_000
STEEPEST = 200


def explodes(unpacked: int, packed: int) -> bool:
    """Whether `unpacked` bytes that come from `packed` ones are those of a bomb."""
    return unpacked > FREE and unpacked > STEEPEST * max(packed, 1)
