"""Exchange search: members change places between groups, very many exchanges judged at once.

Every rule is local to a group, so what an exchange does is the sum of what it does to the groups
concerned: all swaps and three-cycles of three groups follow from judging the few groups that one
change makes. Exchanges are drawn by a heat bath that cools down (simulated annealing), in disjoint
threes of groups at a time; first what groups lack by the rules is lessened, then one preference
after the other, those before it held.

Sources: Thompson and Orlin, The theory of cyclic transfers, MIT OR 200-89 (1989); Ahuja, Orlin and
Sharma, Multi-exchange neighborhood structures for the capacitated minimum spanning tree problem,
Mathematical Programming 91 (2001); Kirkpatrick, Gelatt and Vecchi, Optimization by simulated
annealing, Science 220 (1983).
"""
