"""The configuration: `config.toml` in the learner's data folder."""
