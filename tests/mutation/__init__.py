"""Mutation testing: small faults put into the code, to see whether the tests tell.

``python -m tests.mutation`` draws some of all the faults that could be put into the rules, the
audit and the arithmetic of proofs, and says which of them no test notices. Everything is imported
once; each mutant is a forked process in which one function has another code. It runs only tests
that come to that function, those first that have told most mutants before.
"""
