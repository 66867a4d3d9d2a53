"""A root of its own to replay a Dockerfile in: this machine's system, read-only, and what is copied of the project.

`/usr`, the interpreter and a copy of `/etc` stand in for the base image. Needs root, as mounting does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.container.dockerfile import Stage, variables

INTERPRETER = Path(sys.base_prefix)
SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"
LINKS = ("bin", "sbin", "lib", "lib64", "lib32")
SHELLS = ("sh", "dash", "bash")


class Root:
    """One stage's file system, at `path`; `env` and `user` are what its instructions made of them."""

    def __init__(self, path: Path, wheels: Path) -> None:
        self.path, self._wheels = path, wheels
        self.folder, self.user = "/", "0:0"
        self.env = {"PATH": f"{INTERPRETER}/bin:{SYSTEM}", "HOME": "/", "LANG": "C.UTF-8"}
        for folder in ("usr", "proc", "dev", "tmp", "wheels", "opt", "var", "root", str(INTERPRETER).lstrip("/")):
            (path / folder).mkdir(parents=True, exist_ok=True)
        (path / "tmp").chmod(0o1777)
        for link in LINKS:
            if Path("/", link).is_symlink():
                (path / link).symlink_to(os.readlink(f"/{link}"))
        shutil.copytree("/etc", path / "etc", symlinks=True, ignore=shutil.ignore_patterns("shadow-*", "*.lock"))

    def replay(self, stage: Stage, context: Path, others: dict[str, Root]) -> None:
        """Carry out a stage's instructions, in order."""
        for word, said in stage.steps:
            if word == "WORKDIR":
                self.folder = said
                self._inside(said).mkdir(parents=True, exist_ok=True)
            elif word == "COPY":
                self._copy(said.split(), context, others)
            elif word == "RUN":
                self.check(["/bin/sh", "-c", said])
            elif word == "ENV":
                self.env |= variables(said, self.env)
            elif word == "USER":
                self.user = said

    def check(self, words: Sequence[str]) -> str:
        """What a command prints in this root; it must succeed."""
        done = subprocess.run(self.command(words), env=self.env, capture_output=True, text=True, timeout=400)
        assert done.returncode == 0, f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def command(self, words: Sequence[str], *, sealed: bool = False) -> list[str]:
        """The command line that runs a command in this root; the process is the command's own.

        `sealed`: nothing may be written but /data, and there is no shell and no package to install.
        """
        root = self.path
        mounts = [
            f"mount --rbind {here} {root}{here} && mount -o remount,bind,ro {root}{here}" for here in self._base()
        ]
        mounts += [f"mount --rbind /dev {root}/dev", f"mount -t proc proc {root}/proc"]
        if sealed:
            hidden = [f"mount --bind /dev/null {root}/usr/bin/{shell}" for shell in SHELLS]
            mounts += [f"mount --bind {root}/data {root}/data", f"mount --bind {root} {root}x"]
            mounts += [f"mount -o remount,bind,ro {root}x", f"mount --rbind {root}/usr {root}x/usr"]
            mounts += [f"mount --rbind {root}{INTERPRETER} {root}x{INTERPRETER}", f"mount --rbind /dev {root}x/dev"]
            mounts += [f"mount -t proc proc {root}x/proc", f"mount --bind {root}/data {root}x/data"]
            mounts += [line.replace(f"{root}/usr", f"{root}x/usr") for line in hidden]
            Path(f"{root}x").mkdir(exist_ok=True)
            root = Path(f"{root}x")
        else:
            mounts.append(f"mount --rbind {self._wheels} {root}/wheels")
        enter = [
            "chroot",
            f"--userspec={self.user}",
            str(root),
            f"{INTERPRETER}/bin/python3",
            "-c",
            f"import os, sys; os.chdir({self.folder!r}); os.execvp(sys.argv[1], sys.argv[1:])",
            *words,
        ]
        return ["unshare", "--mount", "/bin/sh", "-c", " && ".join([*mounts, 'exec "$@"']), "sh", *enter]

    def _base(self) -> list[str]:
        return ["/usr", str(INTERPRETER)]

    def _inside(self, path: str) -> Path:
        return self.path / os.path.normpath(os.path.join(self.folder, path)).lstrip("/")

    def _copy(self, words: list[str], context: Path, others: dict[str, Root]) -> None:
        origin = context
        if words[0].startswith("--from="):
            origin = others[words.pop(0).removeprefix("--from=")].path
        *sources, target = words
        for source in sources:
            here, there = origin / source.lstrip("/"), self._inside(target)
            if target.endswith("/"):
                there = there / Path(source).name
            if here.is_dir():
                left_out = shutil.ignore_patterns("__pycache__")
                shutil.copytree(here, there, symlinks=True, ignore=left_out if origin == context else None)
            else:
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(here, there)
