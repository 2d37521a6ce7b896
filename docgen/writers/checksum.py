"""The checksum of joined data from the checksums of its pieces, as zlib's own `crc32_combine` works it out."""

from __future__ import annotations

from functools import cache

_POLYNOMIAL = 0xEDB88320
_ONE = 1 << 31  # powers of x are counted from the left: this is x⁰


def shift(size: int) -> int:
    """What so many bytes behind others multiply the checksum of those by: x to their bits, modulo the polynomial."""
    result, number = _ONE, 0
    while size >> number:
        if size >> number & 1:
            result = _times(result, _square(number))
        number += 1
    return result


def followed(crc: int, more: int, shift_of_more: int) -> int:
    """The checksum of data with checksum `crc` and, behind it, data with checksum `more`."""
    return _times(shift_of_more, crc) ^ more


@cache
def _square(number: int) -> int:
    """x⁸ squared so many times."""
    if not number:
        return _ONE >> 8
    root = _square(number - 1)
    return _times(root, root)


def _times(a: int, b: int) -> int:
    bit, product = _ONE, 0
    while a:
        if a & bit:
            product ^= b
            a ^= bit
        b = (b >> 1) ^ _POLYNOMIAL if b & 1 else b >> 1
        bit >>= 1
    return product
