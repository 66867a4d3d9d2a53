"""Settings: what is right is read, what is wrong stops the start with the key, the place and what would be right."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.domain.secret import Secret
from bot.domain.subscription import Style
from bot.domain.taxonomy import Forum, Topic
from bot.errors import SettingsError

GOOD = """\
database = "sqlite:///here.db"
time_zone = "Europe/Zurich"
catalogue = false

[[sources]]
name = "Mission"
kind = "feed"
url = "https://mission.example/feed"
every = "10m"
country = "che"

[[channels]]
adapter = "console"
destination = "-"
schedule = "mon-fri 08:30"
topics = ["norms", "ransomware"]
forums = ["GM"]

[[channels]]
adapter = "slack"
destination = "C1"
time_zone = "Asia/Tokyo"
style = "quiet"
lookback = "3d"

[adapters.slack]
bot_token = "xoxb-1"
mode = "socket"
"""


def load(tmp_path: Path, text: str, **environ: str) -> Settings:
    file = tmp_path / "attache.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(str(file), environ)


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    settings = load(tmp_path, GOOD)
    (source,) = settings.sources
    console, slack = settings.channels
    assert (source.name, source.every, source.country) == ("Mission", timedelta(minutes=10), "CHE")
    assert (console.key, console.zone.key) == ("console:-", "Europe/Zurich")
    assert console.filter.topics == {Topic.NORMS, Topic.RANSOMWARE}
    assert console.filter.forums == {Forum.GM}
    assert (slack.zone.key, slack.style, slack.lookback) == ("Asia/Tokyo", Style.QUIET, timedelta(days=3))
    assert settings.adapters["slack"] == {"bot_token": Secret("xoxb-1"), "mode": "socket"}


def test_without_a_file_the_catalogue_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert len(settings.sources) > 20
    assert settings.database == "sqlite:///attache.db"


def test_a_catalogue_source_can_be_left_out(tmp_path: Path) -> None:
    everything = load(tmp_path, "").sources
    name = everything[0].name
    rest = load(tmp_path, f"catalogue_except = ['{name}']").sources
    assert [source.name for source in rest] == [source.name for source in everything[1:]]


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "said"),
    [
        ('kind = "feed"', 'kind = "fed"', "sources[1].kind", 7, "should be one of feed, page, folder"),
        ('"mon-fri 08:30"', '"mornings"', "channels[1].schedule", 15, "daily 08:30"),
        ('"mon-fri 08:30"', '"as it happens, often"', "channels[1].schedule", 15, "at most 6 an hour"),
        ('lookback = "3d"', 'quiet = "nights"', "channels[2].quiet", 24, "22:00-07:00"),
        ('lookback = "3d"', 'name = "not now"', "channels[2].name", 24, "letters, digits and hyphens"),
        ('"Asia/Tokyo"', '"Tokyo"', "channels[2].time_zone", 22, "IANA time zone"),
        ('["norms", "ransomware"]', '["norms", "ransom"]', "channels[1].topics", 16, "should be one of threats"),
        ('every = "10m"', 'every = "often"', "sources[1].every", 9, "30m"),
        ('country = "che"', 'country = "SWI"', "sources[1].country", 10, "three-letter code"),
        ('destination = "-"', 'destnation = "-"', "channels[1].destination", 12, "is missing"),
        ('style = "quiet"', 'stile = "quiet"', "channels[2].stile", 23, "did you mean 'style'"),
        ("catalogue = false", "catalog = false", "catalog", 3, "did you mean 'catalogue'"),
        ('"sqlite:///here.db"', '"mysql://u:pw@h/d"', "database", 1, "sqlite:///"),
        ('destination = "C1"', 'destination = ""', "channels[2].destination", 21, "should be words"),
    ],
)
def test_a_wrong_setting_is_named_with_its_key_its_line_and_what_would_be_right(
    tmp_path: Path, old: str, new: str, key: str, line: int, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(SettingsError) as error:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert error.value.key == key
    assert error.value.place == f"{tmp_path / 'attache.toml'}:{line}"
    assert said in str(error.value)


def test_a_wrong_database_address_is_not_repeated_as_it_may_hold_a_password(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, 'database = "mysql://u:hunter2@h/d"')
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("length", ["1h", "forever", "0d"])
def test_what_is_remembered_is_remembered_for_a_day_at_least(tmp_path: Path, length: str) -> None:
    with pytest.raises(SettingsError, match=r"retention: .* such as"):
        load(tmp_path, f'retention = "{length}"')
    assert load(tmp_path, 'retention = "30d"').retention == timedelta(days=30)


def test_two_channels_or_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="set up twice"):
        load(tmp_path, GOOD + '\n[[channels]]\nadapter = "console"\ndestination = "-"\n')
    with pytest.raises(SettingsError, match="used twice"):
        load(tmp_path, GOOD + '\n[[sources]]\nname = "Mission"\nkind = "feed"\nurl = "x"\n')


def test_what_is_no_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"attache\.toml: file: is not TOML: .*line 1"):
        load(tmp_path, "database = sqlite")


def test_a_named_file_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="attache config init"):
        load_settings(str(tmp_path / "none.toml"), {})


def test_variables_win_over_the_file_and_are_named_when_wrong(tmp_path: Path) -> None:
    settings = load(tmp_path, GOOD, ATTACHE_TIME_ZONE="UTC", ATTACHE_ADAPTERS__SLACK__BOT_TOKEN="xoxb-2")
    assert settings.zone.key == "UTC"
    assert settings.adapters["slack"]["bot_token"] == Secret("xoxb-2")
    with pytest.raises(SettingsError, match=r"\$ATTACHE_TIME_ZONE: time_zone"):
        load(tmp_path, GOOD, ATTACHE_TIME_ZONE="Mars/Olympus")


def test_a_list_of_tables_can_be_a_variable(tmp_path: Path) -> None:
    channels = '[{adapter = "console", destination = "-", schedule = "18:00"}]'
    (channel,) = load(tmp_path, "", ATTACHE_CHANNELS=channels).channels
    assert str(channel.schedule) == "daily 18:00"


def test_a_secret_may_stand_in_a_file_of_its_own_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-3\n", encoding="utf-8")
    settings = load(tmp_path, f'[adapters.slack]\nbot_token_file = "{tmp_path / "token"}"\n')
    token = settings.adapters["slack"]["bot_token"]
    assert token.reveal() == "xoxb-3"
    assert "xoxb" not in f"{settings!r} {token} {token!r}"
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path, '[adapters.slack]\nbot_token_file = "/nowhere/token"\n')


class TestModel:
    def test_none_unless_it_is_set_up(self, tmp_path: Path) -> None:
        settings = load(tmp_path, GOOD)
        assert settings.model is None
        assert {channel.language for channel in settings.channels} == {"en"}

    def test_its_key_comes_from_a_variable_or_a_file_and_is_never_shown(self, tmp_path: Path) -> None:
        (tmp_path / "key").write_text("sk-secret\n")
        from_file = load(tmp_path, f'[model]\nname = "openai:m"\napi_key_file = "{tmp_path / "key"}"\n').model
        given = '[model]\nname = "m"\ntimeout = "5s"\n'
        from_variable = load(tmp_path, given, ATTACHE_MODEL__API_KEY="sk-secret").model
        assert from_file is not None
        assert from_variable is not None
        assert from_file.api_key == from_variable.api_key == Secret("sk-secret")
        assert (from_file.timeout, from_variable.timeout) == (timedelta(seconds=60), timedelta(seconds=5))
        assert "sk-secret" not in repr(from_file)

    def test_can_be_set_up_by_variables_alone(self, tmp_path: Path) -> None:
        model = load(tmp_path, "", ATTACHE_MODEL__NAME="m", ATTACHE_MODEL__BASE_URL="http://127.0.0.1:1/v1").model
        assert model is not None
        assert (model.name, model.base_url) == ("m", "http://127.0.0.1:1/v1")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[model]\n", r"attache\.toml:1: model\.name: is missing"),
            ('[model]\nname = "m"\nbase_url = "ftp://x"\n', "begin with http:// or https://"),
            ('[model]\nname = "m"\nbase = "x"\n', "did you mean 'base_url'"),
            ("model = 3\n", r"written as a \[model\] table"),
            ('[[channels]]\nadapter = "a"\ndestination = "-"\nlanguage = "de"\n', "one of ar, en, es, fr, ru, zh"),
        ],
    )
    def test_what_is_wrong_is_said(self, tmp_path: Path, text: str, said: str) -> None:
        with pytest.raises(SettingsError, match=said):
            load(tmp_path, text)


def test_a_channel_may_be_told_several_things_if_each_has_a_name(tmp_path: Path) -> None:
    same = '[[channels]]\nadapter = "slack"\ndestination = "C1"\n'
    named = load(tmp_path, f'{same}\n{same}name = "Urgent"\nschedule = "as it happens"\nquiet = "22:00-07:00"')
    assert [channel.id for channel in named.channels] == ["slack:C1", "slack:C1#urgent"]
    assert (named.channels[1].schedule.live, str(named.channels[1].quiet)) == (True, "22:00-07:00")
    with pytest.raises(SettingsError, match=r"slack:C1 is set up twice; .* give each a name"):
        load(tmp_path, same + same)
