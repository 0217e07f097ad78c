/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes the keepalive options of many TCP sockets of a network namespace in one pass (iter/tcp, which takes the lock of
 * each), as setsockopt(2) does: the timer is armed at once. It needs no descriptor, so it reaches those as well that no
 * process holds one of. Whoever reads it acts: no link of it ever leaves the process that loaded it.
 * Source: net/ipv4/tcp_ipv4.c, bpf_iter_tcp_seq_show(); net/core/filter.c, sol_tcp_sockopt().
 */
#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "change_record.h"
#include "socket_options.bpf.h"

char LICENSE[] SEC("license") = "GPL";

#define SOL_SOCKET 1
#define TCP_FIN_WAIT2 5
#define SO_KEEPALIVE 9
#define TCP_KEEPIDLE 4
#define TCP_KEEPINTVL 5
#define TCP_KEEPCNT 6
#define TCP_USER_TIMEOUT 18

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1); /* the loader says how many */
    __type(key, u64);       /* cookie */
    __type(value, struct change_outcome);
} meant SEC(".maps");

static __always_inline void put_values(const struct tcp_sock *tp, struct change_values *out) {
    const struct inet_connection_sock *icsk = &tp->inet_conn;
    PUT_OPTIONS(tp, out);
    out->defer_accept = icsk->icsk_accept_queue.rskq_defer_accept;
    out->enabled = icsk->icsk_inet.sk.__sk_common.skc_flags >> bpf_core_enum_value(enum sock_flags, SOCK_KEEPOPEN) & 1;
}

static __always_inline void set(struct tcp_sock *tp, struct change_outcome *out, u32 which, int level, int option, s32 value) {
    if (!(out->wanted.given & which) || out->refused)
        return;
    const long failed = bpf_setsockopt(tp, level, option, &value, sizeof value);
    if (failed) {
        out->refused = which;
        out->error = -failed;
    }
}

/* In FIN-WAIT-2 the keepalive timer of a socket that its program has closed is the one that ends it: no option of
 * keepalive may stop it or put it off. Source: net/ipv4/tcp_timer.c, tcp_keepalive_timer(). */
static __always_inline bool ends_by_timer(const struct sock *sk) {
    return sk->__sk_common.skc_state == TCP_FIN_WAIT2 &&
           sk->__sk_common.skc_flags >> bpf_core_enum_value(enum sock_flags, SOCK_DEAD) & 1;
}

/* Of an MPTCP connection the program has the whole, whose options are not a subflow's. */
static __always_inline bool is_subflow(const struct tcp_sock *tp) {
    return bpf_core_field_exists(tp->is_mptcp) && tp->is_mptcp;
}

SEC("iter/tcp")
int change_sockets(struct bpf_iter__tcp *context) {
    struct sock_common *sk = context->sk_common;
    if (!sk)
        return 0;
    const u64 cookie = bpf_get_socket_cookie(sk);
    struct change_outcome *out = bpf_map_lookup_elem(&meant, &cookie);
    if (!out || out->done)
        return 0;
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (!tp || ends_by_timer(&tp->inet_conn.icsk_inet.sk) || is_subflow(tp))
        return 0;
    put_values(tp, &out->before);
    set(tp, out, CHANGE_IDLE, IPPROTO_TCP, TCP_KEEPIDLE, out->wanted.idle);
    set(tp, out, CHANGE_INTERVAL, IPPROTO_TCP, TCP_KEEPINTVL, out->wanted.interval);
    set(tp, out, CHANGE_PROBES, IPPROTO_TCP, TCP_KEEPCNT, out->wanted.probes);
    set(tp, out, CHANGE_USER_TIMEOUT, IPPROTO_TCP, TCP_USER_TIMEOUT, out->wanted.user_timeout);
    set(tp, out, CHANGE_ENABLED, SOL_SOCKET, SO_KEEPALIVE, out->wanted.enabled);
    put_values(tp, &out->after);
    out->done = 1;
    bpf_seq_write(context->meta->seq, &cookie, sizeof cookie); /* that it goes on */
    return 0;
}
