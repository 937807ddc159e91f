"""The kinds of metrics: for each its decorator, its call and its vector form."""
