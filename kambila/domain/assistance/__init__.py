"""Assistance to survivors, families and communities, and referrals to those who can give it."""
