"""The grammar that Russian and Ukrainian share; their words stand in their own folders."""
