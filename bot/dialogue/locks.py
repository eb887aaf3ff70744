"""One turn at a time for each conversation, across all engines that share a Redis, in the order in which they asked.

Rasa's own lock for Redis reads a conversation's tickets, adds one and writes them back: two engines that do so at once give out the same
ticket, both go on, and one turn overwrites the other. Here every step is one script that Redis runs alone.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, List, Optional
from uuid import uuid4

from rasa.core.lock_store import LOCK_LIFETIME, LockError, RedisLockStore
from rasa.utils.endpoints import EndpointConfig
from redis import RedisError
from redis.commands.core import Script

LOOK_SECONDS = 0.02
"""How often one who waits looks whether it is its turn."""

# KEYS: the queue of a conversation. ARGV: the prefix of leases, the one who asks, how long a lease lasts in milliseconds.
# A lease is renewed while its owner waits; one who has died in front of the queue is passed over once it has run out.
ASK = """
redis.call('SET', ARGV[1] .. ARGV[2], '1', 'PX', ARGV[3])
if not redis.call('LPOS', KEYS[1], ARGV[2]) then redis.call('RPUSH', KEYS[1], ARGV[2]) end
redis.call('PEXPIRE', KEYS[1], 2 * ARGV[3])
local first = redis.call('LINDEX', KEYS[1], 0)
while first ~= ARGV[2] and redis.call('EXISTS', ARGV[1] .. first) == 0 do
    redis.call('LPOP', KEYS[1])
    first = redis.call('LINDEX', KEYS[1], 0)
end
return first == ARGV[2] and 1 or 0
"""
LEAVE = """
redis.call('LREM', KEYS[1], 0, ARGV[2])
redis.call('DEL', ARGV[1] .. ARGV[2])
"""


class RedisQueues(RedisLockStore):
    """The lock store of `endpoints.yml` for several engines: `url`, `port`, `db`, `password`, `key_prefix` as for Rasa's own."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        super().__init__(host=endpoint_config.url, **endpoint_config.kwargs)
        self._ask = self.red.register_script(ASK)
        self._leave = self.red.register_script(LEAVE)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: Optional[float] = None, wait_time_in_seconds: float = LOOK_SECONDS
    ) -> AsyncIterator[Any]:
        """Wait for one's turn in a conversation and keep it for the length of the block, at most `lock_lifetime` seconds.

        Raises:
            LockError: Redis can not be reached.
        """
        own, lifetime = uuid4().hex, int(1000 * (lock_lifetime or LOCK_LIFETIME))
        keys, ask = [f"{self.key_prefix}queue:{conversation_id}"], [f"{self.key_prefix}lease:", own, lifetime]
        try:
            while not self._run(self._ask, keys, ask):  # noqa: ASYNC110  (others hold the lock in processes of their own)
                await asyncio.sleep(wait_time_in_seconds)
            yield None
        finally:
            self._run(self._leave, keys, ask)

    def _run(self, script: Script, keys: List[str], arguments: List[Any]) -> Any:
        try:
            return script(keys=keys, args=arguments)
        except RedisError as error:
            raise LockError(f"no lock: {type(error).__name__}") from error
