from engine import worklist
from tests.engine.runtime.playing import NOW, only, start_referral


def test_the_sheet_has_every_open_task_of_ones_roles_with_what_it_asks(deployed):
    start_referral(deployed, children=[{"name": "Ann Ashby"}, {"name": "Ben Ashby"}])

    with deployed.reading() as session:
        sheet = worklist.sheet(session, only("duty_manager"), now=NOW)

    (line,) = sheet.lines
    assert line.children == ("Ann Ashby", "Ben Ashby")
    assert [name for name, _ in sheet.asked] == [line.name]
    assert sheet.asked[0][1]
    assert not sheet.is_cut
