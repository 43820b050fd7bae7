"""The arrays that pictures are handled as."""

from typing import Any, cast

import cv2
import numpy as np

Gray = np.ndarray[tuple[int, int], np.dtype[np.uint8]]  # rows, columns; 0 black, 255 white
Bytes = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Doubles = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Truths = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Numbers = np.ndarray[tuple[int, ...], np.dtype[Any]]  # whole numbers


def windows(line: Floats, length: int) -> Floats:
    """All stretches of a line of so many samples, a row each, without a copy (numpy's own way costs 20 us a call)."""
    whole = np.ascontiguousarray(line)
    step = whole.strides[0]
    return np.ndarray((len(whole) - length + 1, length), whole.dtype, whole, 0, (step, step))


def product_of(left: Floats, right: Floats) -> Floats:
    """The product of two matrices on this thread alone: numpy's BLAS would wake others, and a frame has one core."""
    return cast(Floats, cv2.gemm(left, right, 1.0, None, 0.0))  # type: ignore[call-overload]
