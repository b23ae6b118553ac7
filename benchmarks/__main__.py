"""Run every benchmark, one after the other, and print its figures."""

from benchmarks import (
    api,
    archives,
    exports,
    extraction,
    fusion,
    languages,
    pages,
    quantities,
    recycling,
    shootings,
    tracing,
    workbench,
)

__all__: list[str] = []

if __name__ == "__main__":
    pages.main()
    archives.main()
    extraction.main()
    languages.main()
    quantities.main()
    tracing.main()
    recycling.main()
    fusion.main()
    shootings.main()
    workbench.main()
    api.main()
    exports.main()
