"""The arrays that pictures are handled as."""

from typing import Any

import numpy as np

Gray = np.ndarray[tuple[int, int], np.dtype[np.uint8]]  # rows, columns; 0 black, 255 white
Bytes = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Doubles = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Truths = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Numbers = np.ndarray[tuple[int, ...], np.dtype[Any]]  # whole numbers
