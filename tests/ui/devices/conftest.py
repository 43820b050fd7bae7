"""Where the tests of this folder find the stand-in for a camera."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
