"""What every test shares: a comparison that fails in a helper tells what differs."""

import pytest

pytest.register_assert_rewrite("tests.browser.visits", "tests.browser.learner")
