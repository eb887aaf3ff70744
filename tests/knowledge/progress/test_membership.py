"""Who a cell of a plan speaks for."""

from __future__ import annotations

import json

import pytest

from knowledge.progress.membership import DATA, named_in, plan_agencies, speaks_for
from knowledge.text.agencies import load_agencies
from knowledge.types import AgencyCell

COMMUNE = "UBND xã Xuân Lộc"


@pytest.mark.parametrize(
    ("agency", "named", "speaks"),
    [
        ("Sở Tài chính", "Sở Tài chính", True),
        ("Sở Tài chính", "Sở Y tế", False),
        ("Công an tỉnh", "Đảng ủy Công an tỉnh", True),
        ("Đảng ủy Công an tỉnh", "Công an tỉnh", True),
        ("Đảng ủy Sở Y tế", "Sở Y tế", True),
        ("Sở Y tế", "Đảng ủy Sở Tài chính", False),
        ("UBND tỉnh", "Đảng ủy UBND tỉnh", True),
        ("Sở Tài chính", "Các sở, ban, ngành", True),
        ("Đảng ủy Sở Tài chính", "Các sở, ban, ngành", True),
        ("Công an tỉnh", "Các sở, ban, ngành", True),
        ("Văn phòng UBND tỉnh", "Các sở, ban, ngành", True),
        (COMMUNE, "Các sở, ban, ngành", False),
        ("Trường Đại học Đồng Nai", "Các sở, ban, ngành", False),
        ("Tỉnh Đoàn", "Các sở, ban, ngành", False),
        (COMMUNE, "UBND các xã, phường", True),
        (COMMUNE, "Đảng ủy các xã, phường", True),
        ("Đảng ủy phường Trảng Dài", "UBND các xã, phường", True),
        ("UBND Phường Đồng Xoài", "UBND các xã, phường", True),
        ("Đảng ủy Phường Đồng Xoài", "Đảng ủy các xã, phường", True),
        ("UBND xã Long Thành", "Đảng ủy UBND các địa phương được lựa chọn", True),
        (COMMUNE, "Các địa phương", True),
        (COMMUNE, "Các sở, ban, ngành, địa phương", True),
        ("UBND tỉnh", "UBND các xã, phường", False),
        ("Sở Tài chính", "UBND các xã, phường", False),
        ("UBND các xã, phường", "Các địa phương", False),
        ("UBND các xã, phường", "Đảng ủy các xã, phường", True),
        ("Sở Tài chính", "Các cơ quan, đơn vị liên quan", False),
    ],
)
def test_an_agency_is_what_a_cell_names_when_it_is_that_agency_or_a_member_of_the_class(
    agency: str, named: str, speaks: bool
) -> None:
    assert speaks_for(agency, named) is speaks


def test_an_agency_that_the_register_does_not_know_is_named_as_the_cell_writes_it() -> None:
    cell = AgencyCell("Sở Quy hoạch, Sở Tài chính (chủ trì)", agencies=("Sở Tài chính",))
    assert named_in(cell) == ("Sở Tài chính", "Sở Quy hoạch")


def test_every_class_that_has_members_is_a_class_of_the_register() -> None:
    kinds = {agency.name: agency.kind for agency in load_agencies()}
    classes = json.loads(DATA.read_text("utf-8"))["classes"]
    assert {kinds[name] for name in classes} == {"class"}
    used = {kind for members in classes.values() for kind in members.get("kinds", ())}
    assert used <= set(kinds.values())


def test_every_agency_of_the_plans_is_known() -> None:
    assert {"Sở Khoa học và Công nghệ", "Đảng ủy UBND tỉnh", "Cổng TTĐT tỉnh", "Thống kê tỉnh"} <= plan_agencies()
