"""Large neighbourhood search: destroy a few groups of the incumbent, repair them by CP-SAT.

A neighbourhood is a few groups: a broken one with those that hold what it lacks (repair), or some
whose members could trade to bring a preference nearer to its bound (improve). Its people are
seated anew by the assignment model. Neighbourhoods of one round share no group, so they can be
solved side by side; the incumbent changes in their order, which keeps a run repeatable.

Source: Shaw, Using constraint programming and local search methods to solve vehicle routing
problems, CP 1998; Pisinger and Ropke, Large neighborhood search (2010).
"""
