# Runs SQL in DuckDB for the benchmark: a line in, a line out. Only the statement itself is timed, not Python's start.
import sys
import time

import duckdb

connection = None
for line in sys.stdin:
    word, _, rest = line.rstrip("\n").partition(" ")
    if word == "open":
        connection = duckdb.connect(rest)
        connection.execute("SET threads = 2")
        # A script given with -c counts as an interactive session, which gets a bar.
        connection.execute("SET enable_progress_bar = false")
        print("ok", flush=True)
    elif word == "close":
        connection.close()
        print("ok", flush=True)
    else:
        start = time.perf_counter()
        rows = connection.execute(rest).fetchall()
        elapsed = time.perf_counter() - start
        last = sum(row[-1] for row in rows if row and isinstance(row[-1], int))
        print(elapsed, last, flush=True)
