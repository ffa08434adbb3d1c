"""What a delivery costs and how long it takes. Prices are in cents, weights in grams."""

from dataclasses import dataclass

MAXIMUM_WEIGHT = 30_000

# Price for the first kilogram, price for each further kilogram begun, days.
ZONES = {
    "domestic": (490, 120, 2),
    "europe": (1290, 310, 4),
    "world": (3490, 990, 9),
}


class InvalidParcel(ValueError):
    """Says everything that is wrong with a parcel, in `problems`."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Parcel:
    weight: int
    zone: str

    @staticmethod
    def from_json(body: object) -> "Parcel":
        if not isinstance(body, dict):
            raise InvalidParcel(["the body must be a JSON object"])
        problems = []
        weight, zone = body.get("weight"), body.get("zone")
        if not isinstance(weight, int) or isinstance(weight, bool) or not 1 <= weight <= MAXIMUM_WEIGHT:
            problems.append(f"weight must be a whole number of grams from 1 to {MAXIMUM_WEIGHT}")
        if not isinstance(zone, str) or zone not in ZONES:
            problems.append(f"zone must be one of {', '.join(ZONES)}")
        if problems:
            raise InvalidParcel(problems)
        return Parcel(weight=weight, zone=zone)


def quote(parcel: Parcel) -> dict[str, int]:
    first, further, days = ZONES[parcel.zone]
    kilograms = -(-parcel.weight // 1000)
    return {"price": first + (kilograms - 1) * further, "days": days}
