"""The configuration model: people of one type are interchangeable, so groups are patterns.

A person type is all that rules and goals see of somebody; a pattern is how many of each type sit
in one group. An integer master chooses how often each valid pattern is used so that everybody is
seated. Where types are few it is small however many the people are, and it decides whether any
grouping exists, with the number of groups given or left open. A seating then puts persons in
place of types.

Source: Gilmore and Gomory, A linear programming approach to the cutting-stock problem, Operations
Research 9 (1961).
"""
