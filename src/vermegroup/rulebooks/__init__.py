"""YAML to rulebook with every fault told at once, and a rulebook as text again."""
