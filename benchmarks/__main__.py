"""Run every benchmark, one after the other, and print its figures."""

from benchmarks import extraction, quantities, shootings, tracing

__all__: list[str] = []

if __name__ == "__main__":
    extraction.main()
    quantities.main()
    tracing.main()
    shootings.main()
