/**
 * The Redis operations as Lua: each script is atomic, so none sees or leaves half a change. A record is a hash. Three
 * sorted sets lead to the records: those of a person and those of all by their beginning, and those of all by their
 * absolute end.
 */

/**
 * A full Redis refuses writes and allows deletes. A record that cannot be marked as ended is deleted: the reason of its
 * end is lost, and its credential is refused.
 */
const endRecord = `
local function endRecord(record, at, reason)
  local written = redis.pcall('HSET', record, 'endedAt', at, 'endReason', reason)
  if type(written) == 'table' and written.err then redis.call('DEL', record) end
end`;

/**
 * A record that has the key already makes way, and its session data with it. `from`: the number of values before those
 * that describe the record.
 */
const addRecord = `
local function addRecord(from)
  local left, key, prefix = ARGV[from + 1], ARGV[from + 4], ARGV[from + 5]
  local before = redis.call('HMGET', KEYS[1], 'id', 'userId')
  if before[1] then
    redis.call('DEL', KEYS[1], prefix .. 'id:' .. before[1], prefix .. 'data:' .. before[1])
    redis.call('ZREM', prefix .. 'user:' .. before[2], key)
  end
  redis.call('HSET', KEYS[1], unpack(ARGV, from + 6))
  redis.call('PEXPIRE', KEYS[1], left)
  redis.call('SET', KEYS[2], key, 'PX', left)
  redis.call('ZADD', KEYS[3], ARGV[from + 2], key)
  redis.call('ZADD', KEYS[4], ARGV[from + 2], key)
  redis.call('ZADD', KEYS[5], ARGV[from + 3], key)
  for i = 3, 5 do
    if redis.call('PTTL', KEYS[i]) < tonumber(left) then redis.call('PEXPIRE', KEYS[i], left) end
  end
end`;

/**
 * KEYS: record, id, user, all, ends. ARGV: time to live, beginning, end, key, the prefix of all keys, then the record's
 * fields and values.
 */
export const add = `${addRecord}
addRecord(0)
return 1`;

/** KEYS: record. */
export const find = `return redis.call('HGETALL', KEYS[1])`;

/**
 * The index entries of a record may have been evicted before it, so they are written again. KEYS: record, all, ends.
 * ARGV: last seen, idle end, key, the prefix of all keys.
 */
export const touch = `
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'endedAt') == 1 then return 0 end
redis.call('HSET', KEYS[1], 'lastSeenAt', ARGV[1], 'idleEndsAt', ARGV[2])
local told = redis.call('HMGET', KEYS[1], 'id', 'userId', 'createdAt', 'endsAt')
local left, ofUser = redis.call('PTTL', KEYS[1]), ARGV[4] .. 'user:' .. told[2]
redis.call('SET', ARGV[4] .. 'id:' .. told[1], ARGV[3], 'PX', left)
redis.call('ZADD', ofUser, told[3], ARGV[3])
redis.call('ZADD', KEYS[2], told[3], ARGV[3])
redis.call('ZADD', KEYS[3], told[4], ARGV[3])
for _, set in ipairs({ ofUser, KEYS[2], KEYS[3] }) do
  if redis.call('PTTL', set) < left then redis.call('PEXPIRE', set, left) end
end
return 1`;

/** KEYS: id, its session data. ARGV: the prefix of records' keys, time, reason, the record's key or nothing. */
export const end = `${endRecord}
local key = ARGV[4] ~= '' and ARGV[4] or redis.call('GET', KEYS[1])
if not key then return 0 end
local record = ARGV[1] .. key
if redis.call('EXISTS', record) == 0 or redis.call('HEXISTS', record, 'endedAt') == 1 then return 0 end
endRecord(record, ARGV[2], ARGV[3])
redis.call('DEL', KEYS[2])
return 1`;

/**
 * The new record comes first: where Redis is full this fails, and nothing is changed. KEYS: those of `add`, the
 * previous id, its session data, the new session data. ARGV: the prefix of records' keys, the previous key or nothing,
 * 1 to keep the data, then those of `add`.
 */
export const replace = `${endRecord}${addRecord}
local key = ARGV[2] ~= '' and ARGV[2] or redis.call('GET', KEYS[6])
local record = key and ARGV[1] .. key
if not key or redis.call('EXISTS', record) == 0 then return 'over' end
local reason = redis.call('HGET', record, 'endReason')
if reason then return reason == 'replaced' and 'rival' or 'over' end
addRecord(3)
if record ~= KEYS[1] then endRecord(record, ARGV[5], 'replaced') end
if ARGV[3] == '1' and redis.call('EXISTS', KEYS[7]) == 1 then
  redis.call('RENAME', KEYS[7], KEYS[8])
  redis.call('PEXPIRE', KEYS[8], ARGV[4])
end
redis.call('DEL', KEYS[7])
return 'done'`;

/** KEYS: user. ARGV: the prefix of records' keys, time, reason, the excepted id, the prefix of session data. */
export const endAll = `${endRecord}
local ended = 0
for _, key in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local record = ARGV[1] .. key
  local id = redis.call('HGET', record, 'id')
  if id and id ~= ARGV[4] and redis.call('HEXISTS', record, 'endedAt') == 0 then
    endRecord(record, ARGV[2], ARGV[3])
    redis.call('DEL', ARGV[5] .. id)
    ended = ended + 1
  end
end
return ended`;

/** The records of a sorted set, newest first. KEYS: the set. ARGV: the prefix of records' keys, the most to answer. */
export const gather = `
local found, limit, from = {}, tonumber(ARGV[2]), 0
while #found < limit do
  local keys = redis.call('ZREVRANGE', KEYS[1], from, from + 99)
  if #keys == 0 then break end
  for _, key in ipairs(keys) do
    local record = redis.call('HGETALL', ARGV[1] .. key)
    if #record > 0 and #found < limit then found[#found + 1] = record end
  end
  from = from + 100
end
return found`;

/** The number of live records. KEYS: ends. ARGV: the prefix of records' keys, now. */
export const live = `
local found, now = 0, tonumber(ARGV[2])
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[2], '+inf')) do
  local told = redis.call('HMGET', ARGV[1] .. key, 'idleEndsAt', 'endedAt')
  if told[1] and not told[2] and tonumber(told[1]) > now then found = found + 1 end
end
return found`;

/**
 * One batch of a sweep. KEYS: all, ends. ARGV: now, the most to look at, the prefix of all keys. Answers how many were
 * looked at and how many deleted.
 */
export const sweep = `
local keys, swept = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2]), 0
for _, key in ipairs(keys) do
  local record = ARGV[3] .. 'record:' .. key
  local whose = redis.call('HMGET', record, 'id', 'userId')
  if whose[1] then
    redis.call('DEL', record, ARGV[3] .. 'id:' .. whose[1], ARGV[3] .. 'data:' .. whose[1])
    redis.call('ZREM', ARGV[3] .. 'user:' .. whose[2], key)
    swept = swept + 1
  end
  redis.call('ZREM', KEYS[1], key)
  redis.call('ZREM', KEYS[2], key)
end
return { #keys, swept }`;

/**
 * The session data expires with its record. KEYS: id, data. ARGV: the prefix of records' keys, key, value, the most
 * keys, the record's key or nothing.
 */
export const setData = `
local key = ARGV[5] ~= '' and ARGV[5] or redis.call('GET', KEYS[1])
local record = key and ARGV[1] .. key
if not key or redis.call('EXISTS', record) == 0 or redis.call('HEXISTS', record, 'endedAt') == 1 then return 'gone' end
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 0 and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[4]) then return 'full' end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', record))
return 'kept'`;

/** KEYS: data. */
export const allData = `return redis.call('HGETALL', KEYS[1])`;

/** KEYS: data. ARGV: key. */
export const getData = `return redis.call('HGET', KEYS[1], ARGV[1])`;

/** KEYS: data. ARGV: key. */
export const removeData = `
local value = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return value`;

/** KEYS: data. */
export const clearData = `
local count = redis.call('HLEN', KEYS[1])
redis.call('DEL', KEYS[1])
return count`;

/** KEYS: one. Answers the seconds until it is deleted; below 0: it does not exist, or does not expire. */
export const timeToLive = `return redis.call("TTL", KEYS[1])`;
