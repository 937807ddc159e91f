"""A differential fuzzer: random frames, scored by every library and engine, against plain Python with exact fractions."""
