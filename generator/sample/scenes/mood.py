"""Palette, season and light of one picture, all chosen by its seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageChops

from generator.sample.scenes.canvas import Colour, light, mix


def _rgb(code: str) -> Colour:
    return (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What a scene is drawn with; ``accents`` are four colours that go together."""

    wall: Colour
    panel: Colour
    floor: Colour
    wood: Colour
    accents: tuple[Colour, Colour, Colour, Colour]
    season: str
    hour: str
    chance: random.Random

    def accent(self) -> Colour:
        """Pick one of the accents."""
        return self.chance.choice(self.accents)

    def toy(self) -> Colour:
        """Pick an accent, sometimes in a lighter tone."""
        return light(self.accent(), self.chance.choice((0.0, 0.0, 0.22, 0.4)))

    def chips(self, count: int) -> list[Colour]:
        """Return ``count`` colours of which neighbours differ."""
        start = self.chance.randrange(4)
        step = self.chance.choice((1, 3))
        return [light(self.accents[(start + i * step) % 4], 0.12 * (i % 3)) for i in range(count)]

    def coin(self, share: float = 0.5) -> bool:
        """Say yes in ``share`` of the cases."""
        return self.chance.random() < share


# wall, panel, floor, wood, four accents
_PALETTES = tuple(
    tuple(_rgb(code) for code in line.split())
    for line in (
        "DDEBE1 B4D3C3 E7CFA8 C98F55 E4735A F2B84B 4F8A8B 7BB274",
        "FBE6D4 F3C6A5 DDBB95 BF8350 D9583F F0A83A 5C8D89 8DA65A",
        "DCEAF4 B3D0E4 E9D3AE C79259 E5704B F4C04E 3F7CAC 76A665",
        "FBF3DE EBD6A5 CDA677 A9713F C8553D E9A03B 588B8B 93A85B",
        "EAE4F2 CDC0E2 E3CBA6 BE8A5B DE6B6B F1B24A 6C7BB5 6FA287",
        "FDF3C7 F2DA85 DABB90 B97C45 E2643F 3E8E8A 5A86B5 8BAF4F",
        "E6E9D8 C2CBA8 D8B58B A87345 C75B45 E8AE47 4F7F6B 84A0B5",
        "F8E3E0 EBBBB4 E2C8A1 BF875A C94F5A EFB34E 4E8591 90AE66",
        "D9ECEA A2CFCB DEC39C BD8650 EC7A56 F6C85F 2F7F86 7FB069",
        "E0E4EC B2BDD2 D6B48E AC7A50 E07A5F F2CC8F 3D5A80 81B29A",
        "F3E1D0 DBAC8D C99C70 9C6238 B34D36 E3A446 47766F 8C9C5A",
        "EAF3D9 C5DDA1 E3CA9F C08B54 DF5B49 F3B23F 3B8070 5C93C0",
        "F6EFE6 D8C9B8 D9B48A 9F6C43 BF5B4B D9A441 5B7B7A A3B18A",
        "E4F0F6 9EC5D8 E8D5B5 C59A66 F08A6B F7C873 4A7C9B 9CBF7A",
        "FFF0E0 F6CDB0 E4C4A0 C28A58 E86A58 F5B65B 7A9E9F B7B36B",
        "E8EEE4 A9C0A0 DCC3A1 AF7F52 D0694F EDBB5F 52796F 84A98C",
    )
)

_TINTS: dict[str, tuple[Colour, Colour]] = {
    "morning": ((255, 250, 232), (255, 243, 222)),
    "noon": ((255, 255, 252), (255, 252, 246)),
    "afternoon": ((255, 244, 214), (255, 231, 201)),
    "overcast": ((246, 249, 253), (236, 240, 246)),
    "dusk": ((255, 238, 226), (244, 226, 226)),
}


def season_of(month: int) -> str:
    """Return the season in the Hexi corridor, where March is still bare and November is winter."""
    return {3: "bare", 4: "spring", 5: "summer", 6: "summer", 9: "autumn", 10: "autumn", 11: "bare"}.get(
        month, "winter"
    )


def make_mood(chance: random.Random, season: str, palette: int) -> Mood:
    """Choose light and colours; ``palette`` may be any number, neighbours get different palettes."""
    wall, panel, floor, wood, *accents = _PALETTES[palette % len(_PALETTES)]
    shift = (chance.randrange(-7, 8), chance.randrange(-6, 7), chance.randrange(-9, 10))

    def vary(colour: Colour) -> Colour:
        return tuple(max(0, min(255, part + move)) for part, move in zip(colour, shift, strict=True))

    order = list(accents)
    chance.shuffle(order)
    hours = ("morning", "morning", "noon", "noon", "noon", "afternoon", "overcast", "dusk")
    return Mood(
        wall=vary(wall),
        panel=vary(panel),
        floor=vary(mix(floor, wood, chance.random() * 0.25)),
        wood=vary(wood),
        accents=(order[0], order[1], order[2], order[3]),
        season=season,
        hour=chance.choice(hours),
        chance=chance,
    )


def grade(picture: Image.Image, hour: str) -> Image.Image:
    """Tint a finished picture by the hour of the day, a little darker towards the ground."""
    top, bottom = _TINTS[hour]
    column = Image.new("RGB", (1, picture.height))
    column.putdata([mix(top, bottom, y / picture.height) for y in range(picture.height)])
    return ImageChops.multiply(picture, column.resize(picture.size, Image.Resampling.NEAREST))
