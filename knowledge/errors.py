"""Every error the library raises on purpose, as one tree:

    SauroError
    ├── PlanError                 something about a plan
    │   ├── SourceError           the source file can not be used
    │   │   ├── EmptySource         no text in it
    │   │   ├── ScannedSource       pages are pictures without a text layer
    │   │   ├── EncryptedSource     locked by a password
    │   │   ├── BadEncoding         a text file that is not UTF-8 or UTF-16
    │   │   └── UnsupportedSource   a format that is not read
    │   ├── LayoutError           text was read, but no known header or section was found
    │   ├── WordLoss              rebuilt cells do not use every source word exactly once and in order
    │   └── UnknownPlan           no published plan has this id
    ├── UnknownRecord           a plan has no such item
    ├── SearchError            the search index can not be built or loaded
    ├── EncoderError            the encoder can not be loaded
    ├── CollectionError         a collection can not be read; `reason` and `line` say why and where
    ├── EvaluationError         a set of evaluation questions can not be read
    ├── AccountError            something about an account
    │   ├── UnknownAccount        no account has this id or name
    │   ├── UnknownAgency         an agency nobody knows; `near` are the nearest names
    │   ├── BadAccount            a role that needs an agency without one, a name that is taken or empty
    │   └── BadCode               a link code that is wrong, used or too old
    ├── BadBackup               a backup that can not be restored; `reason` says why
    └── ProgressError           a report of progress can not be kept
        ├── Forbidden             the account may not do this; `who` are the agencies that may
        ├── BadProgress           a value that can not be true: `field` and `reason` say which and why
        ├── UnknownEntry          no entry has this id or receipt
        ├── KeyReused             the idempotency key stands for another report
        ├── BadEvidence           a file of a kind or size that is not taken, or a link that is none
        └── LedgerBroken          the chain of entries does not hold

`code` is a stable machine name; the message a person reads is made by the caller from `code` and `details`.
"""

from __future__ import annotations


class SauroError(Exception):
    """Root of the tree. `details` are the values a message needs (strings and numbers)."""

    code = "error"

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message or self.code)
        self.details = details


class PlanError(SauroError):
    """Something about a plan."""

    code = "plan"


class SourceError(PlanError):
    """The source file can not be used."""

    code = "source"


class EmptySource(SourceError):
    """No text in the file."""

    code = "source_empty"


class ScannedSource(SourceError):
    """Pages are pictures without a text layer."""

    code = "source_scanned"


class EncryptedSource(SourceError):
    """The file is locked by a password."""

    code = "source_encrypted"


class BadEncoding(SourceError):
    """A text file that is neither UTF-8 nor UTF-16."""

    code = "source_encoding"


class UnsupportedSource(SourceError):
    """A file format that is not read, or a file that is not what its name says."""

    code = "source_unsupported"


class LayoutError(PlanError):
    """Text was read, but no known header or numbered section was found."""

    code = "layout"


class WordLoss(PlanError):
    """Rebuilt cells do not use every source word exactly once and in order."""

    code = "word_loss"


class UnknownPlan(PlanError):
    """No published plan has this id."""

    code = "unknown_plan"


class UnknownRecord(SauroError):
    """A plan has no such item."""

    code = "unknown_record"


class SearchError(SauroError):
    """The search index can not be built or loaded."""

    code = "index"


class EncoderError(SauroError):
    """The encoder can not be loaded."""

    code = "encoder"


class CollectionError(SauroError):
    """A collection can not be read: `reason` (id, row, twice, empty, field, damaged) and `line` or `folder` say why and where."""

    code = "collection"


class EvaluationError(SauroError):
    """A set of evaluation questions can not be read."""

    code = "evaluation"


class AccountError(SauroError):
    """Something about an account."""

    code = "account"


class UnknownAccount(AccountError):
    """No account has this id or name."""

    code = "unknown_account"


class UnknownAgency(AccountError):
    """An agency nobody knows; the detail `near` holds the nearest known names."""

    code = "unknown_agency"


class BadAccount(AccountError):
    """An account that can not be made; the detail `reason` is a stable word."""

    code = "bad_account"


class BadCode(AccountError):
    """A link code that is wrong, used or too old: which of these is not told."""

    code = "bad_code"


class BadBackup(SauroError):
    """A backup that can not be made or restored; the detail `reason` is a stable word."""

    code = "bad_backup"


class ProgressError(SauroError):
    """A report of progress can not be kept."""

    code = "progress"


class Forbidden(ProgressError):
    """The account may not do this; the detail `who` holds the agencies that may."""

    code = "forbidden"


class BadProgress(ProgressError):
    """A value that can not be true; the details `field` and `reason` are stable words."""

    code = "bad_progress"


class UnknownEntry(ProgressError):
    """No entry has this id or receipt."""

    code = "unknown_entry"


class KeyReused(ProgressError):
    """The idempotency key stands for another report."""

    code = "key_reused"


class BadEvidence(ProgressError):
    """A file of a kind or size that is not taken, or a link that is none; the detail `reason` is a stable word."""

    code = "bad_evidence"


class LedgerBroken(ProgressError):
    """The chain of entries does not hold; the details `seq` and `reason` say where and how."""

    code = "ledger_broken"
