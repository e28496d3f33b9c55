import pytest


@pytest.fixture
def database(deployed):
    return deployed
