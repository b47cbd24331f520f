"""What tests and benchmarks share: browsers, hosts, and lines as the world has them."""
