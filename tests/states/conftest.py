"""Tests of trackers are there where the trackers are: with the extra `test-trackers`."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("mlflow") and find_spec("wandb") else ["test_real_trackers.py"]
