"""Where the checkout lies that is tested."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
