"""The real servers that other tests stand on."""

import os
import subprocess

import psycopg


def test_postgres_is_real_and_empty_for_each_test(postgres_database: str, postgres_url: str) -> None:
    assert postgres_database != postgres_url
    with psycopg.connect(postgres_database.replace("+psycopg", "")) as connection:
        settings = connection.execute(
            "SELECT current_setting('server_encoding'), current_setting('data_checksums')"
        ).fetchone()
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert settings == ("UTF8", "on")
    assert tables == (0,)


def test_the_x_server_has_a_window_manager(xvfb: dict[str, str]) -> None:
    def ask(*question: str) -> str:
        answer = subprocess.run(
            ["xdotool", *question], env={**os.environ, **xvfb}, capture_output=True, text=True, timeout=120, check=True
        )
        return answer.stdout.strip()

    assert ask("getdisplaygeometry") == "1600 1000"
    assert int(ask("get_num_desktops")) >= 1
