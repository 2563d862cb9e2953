#!/bin/sh
# The pilot's year from the first groups to the last meeting, in a folder of its own:
#   sh examples/etavertaismentorointi/vuosi.sh my-folder
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-vuosi}"
cd "${1:-vuosi}"

# Autumn: 14 people, and two meetings from which some are absent.
vermegroup form "$here/syksy.csv" -o syksy-groups
vermegroup rebalance syksy-groups/groups.csv --absent V-003,V-011 --date 2026-10-06
vermegroup rebalance syksy-groups/groups.csv --absent V-001,V-002,V-008 --date 2026-11-03

# Spring: 50 join, and the autumn's groups stay as they are.
vermegroup rebalance syksy-groups/groups.csv --joining "$here/kevat.csv" -o kevat-groups
vermegroup rebalance kevat-groups/groups.csv --absent V-016,V-018,V-021,V-035 --date 2027-01-19
vermegroup rebalance kevat-groups/groups.csv --absent V-005,V-020,V-023,V-030,V-044 --date 2027-02-16

# One leaves, and two join late.
vermegroup rebalance kevat-groups/groups.csv --left V-016 --joining "$here/tulokkaat.csv" -o loppu-groups
vermegroup rebalance loppu-groups/groups.csv --absent V-002,V-018,V-025,V-027 --date 2027-03-16
vermegroup rebalance loppu-groups/groups.csv --absent V-009,V-010,V-033,V-040,V-048 --date 2027-04-20
