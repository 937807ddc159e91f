"""Tests on the engines that hold their rows elsewhere."""
