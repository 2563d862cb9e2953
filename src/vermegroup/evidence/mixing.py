"""How well several chains have mixed: split R-hat, and the effective sample size.

As Gelman et al., *Bayesian Data Analysis* (2013), 11.4 and 11.5, have them; the autocorrelations
are summed up to the first pair that is negative, and do not rise (Geyer, 1992).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Draws = npt.NDArray[np.float64]
"""What one number came to in each chain and each draw, shape (chains, draws)."""
_FEWEST, _MOST = 4, 1_000.0


def rhat(draws: Draws) -> float | None:
    """The split R-hat: near 1 where the halves of all chains agree. None where nothing varies.

    At most 1,000: where chains stand still in different places, it has no end.
    """
    halves = _halves(draws)
    length = halves.shape[1] if halves.ndim == 2 else 0
    if length < _FEWEST:
        return None
    within = halves.var(axis=1, ddof=1).mean()
    between = length * halves.mean(axis=1).var(ddof=1)
    if within == 0:
        return None if between == 0 else _MOST
    return min(_MOST, float(np.sqrt(((length - 1) / length * within + between / length) / within)))


def effective_size(draws: Draws) -> float | None:
    """How many independent draws are worth as much. None where nothing varies."""
    halves = _halves(draws)
    chains, length = halves.shape if halves.ndim == 2 else (0, 0)
    if length < _FEWEST:
        return None
    within = halves.var(axis=1, ddof=1).mean()
    variance = (length - 1) / length * within + halves.mean(axis=1).var(ddof=1)
    if variance == 0:
        return None
    centred = halves - halves.mean(axis=1, keepdims=True)
    size = 1 << (2 * length - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(centred, size, axis=1)) ** 2
    covariance = np.fft.irfft(spectrum, size, axis=1)[:, :length].mean(axis=0) / length
    correlation = 1 - (within - covariance * length / (length - 1)) / variance
    pairs = correlation[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: negative[0] if len(negative) else None])
    time = max(2 * float(pairs.sum()) - 1, 1 / np.log10(max(10.0, chains * length)))
    return float(min(chains * length / time, chains * length * np.log10(chains * length)))


def _halves(draws: Draws) -> Draws:
    """Every chain in two, so that one that drifts disagrees with itself."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, draws.shape[1] - half :]])
