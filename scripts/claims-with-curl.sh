#!/bin/sh
# Logs in with each variant by name and sees its claims come true, with nothing but curl.
#
#   sh scripts/claims-with-curl.sh [address] [variant ...]
#
# First as a thief would: log in, copy the cookie jar and the token, log out, show the copy. Then the server plays every
# experiment against the variant over the same interface and says for each whether it showed what the manifest claims.
# Ends with 1 if a login failed or a claim did not hold.
set -eu

origin=${1:-http://localhost:3000}
[ $# -gt 0 ] && shift
api=$origin/api
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

call() { curl -sS -b "$work/jar" -c "$work/jar" -H 'Content-Type: application/json' "$@"; }
# What a JSON text has under a name, where that is a text. The first one.
field() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' | head -n 1; }
outcome() {
  said=$(cat)
  code=$(printf %s "$said" | field code)
  if [ -n "$code" ]; then echo "$code"; else echo accepted; fi
}

call "$api/lab" > "$work/lab"
[ $# -gt 0 ] || set -- $(grep -o '"id":"[a-z-]*/[a-z0-9-]*"' "$work/lab" | cut -d '"' -f 4 | sort -u)
password=$(grep -o '"username":"alice"[^}]*' "$work/lab" | field password)
experiments=$(call "$api/lab/experiments" | grep -o '"id":"[a-z-]*"' | cut -d '"' -f 4)
# As curl reads them in an address: {one,another}
each=$(echo $experiments | tr ' ' ,)

for variant in "$@"; do
  flow=${variant%%/*}
  rm -f "$work/jar"
  token=$(call "$api/$flow/login" -d '{"username":"alice","password":"'"$password"'","variant":"'"$variant"'"}' | tee "$work/login" | field access_token)
  echo "$variant"
  if [ "$(field variant < "$work/login")" != "$variant" ]; then
    echo "  login: $(outcome < "$work/login")"
    wrong=1
    continue
  fi
  cp "$work/jar" "$work/copy"
  call -X POST "$api/$flow/logout" ${token:+-H "Authorization: Bearer $token"} > "$work/logout"
  copied=$(curl -sS -b "$work/copy" "$api/$flow/me" ${token:+-H "Authorization: Bearer $token"} | outcome)
  echo "  a copy after logout: $copied"
  # One curl asks for all, four at once, and writes each answer into a file with the experiment's name.
  call -Z --parallel-max 4 --no-progress-meter --create-dirs -o "$work/$variant/#1" "$api/lab/experiments/{$each}" -d '{"variants":["'"$variant"'"]}'
  for experiment in $experiments; do
    if grep -q '"holds":true' "$work/$variant/$experiment"; then
      echo "  $experiment: as claimed"
    else
      echo "  $experiment: NOT as claimed"
      wrong=1
    fi
  done
done
exit $wrong
