"""Run every benchmark, one after the other, and print its figures."""

from benchmarks import extraction, pages, quantities, shootings, tracing

__all__: list[str] = []

if __name__ == "__main__":
    pages.main()
    extraction.main()
    quantities.main()
    tracing.main()
    shootings.main()
