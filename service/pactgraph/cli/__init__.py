"""The command line: a thin face over the same functions as the service."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run ``pactgraph``: exit 0, 1 where a check was asked to fail, 2 for bad input or wrong usage."""
    import click

    from pactgraph.cli.app import pactgraph
    from pactgraph.errors import UserError

    try:
        status = pactgraph.main(arguments, prog_name="pactgraph", standalone_mode=False)
    except UserError as problem:
        from pactgraph.cli.options import chosen_lang

        _say(problem.message(chosen_lang()))
        raise SystemExit(2) from None
    except click.ClickException as problem:
        problem.show()
        raise SystemExit(2) from None
    except (KeyboardInterrupt, click.Abort):
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    raise SystemExit(status if isinstance(status, int) else 0)


def _say(text: str) -> None:
    print(f"pactgraph: {text}", file=sys.stderr)
