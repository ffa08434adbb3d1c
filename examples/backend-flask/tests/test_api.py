import pytest

from backend import create_app

WEIGHT = "weight must be a whole number of grams from 1 to 30000"
ZONE = "zone must be one of domestic, europe, world"


@pytest.fixture
def client():
    return create_app().test_client()


def test_says_that_it_is_healthy(client):
    response = client.get("/api/health")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("weight", "zone", "price", "days"),
    [
        (1, "domestic", 490, 2),
        (1000, "domestic", 490, 2),
        (1001, "domestic", 610, 2),
        (2500, "europe", 1910, 4),
        (30_000, "world", 32_200, 9),
    ],
)
def test_quotes_by_kilograms_begun_and_zone(client, weight, zone, price, days):
    response = client.post("/api/quotes", json={"weight": weight, "zone": zone})
    assert (response.status_code, response.json) == (200, {"price": price, "days": days})


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ({"weight": 0, "zone": "europe"}, [WEIGHT]),
        ({"weight": 30_001, "zone": "europe"}, [WEIGHT]),
        ({"weight": True, "zone": "europe"}, [WEIGHT]),
        ({"weight": "5", "zone": "europe"}, [WEIGHT]),
        ({"weight": 5, "zone": "moon"}, [ZONE]),
        ({"weight": 5, "zone": ["europe"]}, [ZONE]),
        ({}, [WEIGHT, ZONE]),
        ([], ["the body must be a JSON object"]),
    ],
)
def test_names_all_problems_of_a_parcel(client, body, problems):
    response = client.post("/api/quotes", json=body)
    assert (response.status_code, response.json) == (400, {"problems": problems})


def test_refuses_what_is_no_json(client):
    response = client.post("/api/quotes", data="weight=5")
    assert (response.status_code, response.json) == (400, {"problems": ["the body must be a JSON object"]})
