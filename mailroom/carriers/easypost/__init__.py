"""EasyPost: an aggregator that asks many carriers; it learns the numbers, so an office has to choose it."""
