"""What holds for all tests."""

from hypothesis import settings

# a loaded machine is slow now and then, which is no failure
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
