"""Certificates that are printed, and the answer to whoever asks whether one is genuine."""
