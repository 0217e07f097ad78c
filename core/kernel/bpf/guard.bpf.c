/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keepalive for every new connection of a unit whose program does not ask for it, in both directions. One program above all
 * control groups that goes by their names: so a unit that stops and starts, with another control group of the same name,
 * stays guarded. Source: include/uapi/linux/bpf.h, BPF_SOCK_OPS_*; net/ipv4/tcp_input.c, tcp_init_transfer().
 */
#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "guard_record.h"

char LICENSE[] SEC("license") = "GPL";

#define SOL_SOCKET 1 /* but for mips, parisc, sparc and alpha, where libbpf has no program of ours */
#define SO_KEEPALIVE 9
#define TCP_KEEPIDLE 4
#define TCP_KEEPINTVL 5
#define TCP_KEEPCNT 6
#define TCP_USER_TIMEOUT 18

#define LEVELS 8 /* a control group and its parents */

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, GUARD_MOST_RULES);
    __type(key, struct guard_name);
    __type(value, struct guard_rule);
} guard_rules SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, GUARD_MOST_RULES);
    __type(key, struct guard_long_name);
    __type(value, struct guard_rule);
} guard_long_rules SEC(".maps");

/* Not inlined: of the stack of 512 bytes there is room for these once. */
static __noinline struct guard_rule *rule_called(const char *name) {
    char read[GUARD_NAME_SIZE + 8] = {};
    const long length = bpf_probe_read_kernel_str(read, sizeof read, name);
    if (length <= GUARD_NAME_SIZE)
        return bpf_map_lookup_elem(&guard_rules, read);
    struct guard_long_name whole = {};
    bpf_probe_read_kernel_str(whole.text, sizeof whole.text, name);
    return bpf_map_lookup_elem(&guard_long_rules, &whole);
}

static __always_inline struct kernfs_node *above(struct kernfs_node *node) {
    struct kernfs_node___renamed *newer = (void *)node;
    struct kernfs_node___parent *older = (void *)node;
    if (bpf_core_field_exists(newer->__parent))
        return BPF_CORE_READ(newer, __parent);
    return BPF_CORE_READ(older, parent);
}

/* That of the innermost control group that has one; else that of every connection. */
static __always_inline struct guard_rule *rule_of(const struct sock *sk) {
    struct kernfs_node *node = sk->sk_cgrp_data.cgroup->kn;
#pragma unroll
    for (int level = 0; level < LEVELS; ++level) {
        struct kernfs_node *parent = node ? above(node) : 0;
        if (!parent) /* the root has no name */
            break;
        struct guard_rule *rule = rule_called(BPF_CORE_READ((struct kernfs_node___name *)node, name));
        if (rule)
            return rule;
        node = parent;
    }
    const struct guard_name every = {};
    return bpf_map_lookup_elem(&guard_rules, &every);
}

static __always_inline long set(struct bpf_sock_ops *ops, int option, s32 wanted, u32 own) {
    if (!wanted || own) /* what the program has chosen stays */
        return 0;
    return bpf_setsockopt(ops, IPPROTO_TCP, option, &wanted, sizeof wanted);
}

SEC("sockops")
int halfopen_guard(struct bpf_sock_ops *ops) {
    const u32 op = ops->op;
    if (op != BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB && op != BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB)
        return 1;
    struct bpf_sock *plain = ops->sk;
    struct tcp_sock *tp = plain ? bpf_skc_to_tcp_sock(plain) : 0;
    if (!tp)
        return 1;
    const struct inet_connection_sock *icsk = &tp->inet_conn;
    const struct sock *sk = &icsk->icsk_inet.sk;
    struct guard_rule *rule = rule_of(sk);
    if (!rule)
        return 1;
    if (sk->__sk_common.skc_flags >> bpf_core_enum_value(enum sock_flags, SOCK_KEEPOPEN) & 1) {
        __sync_fetch_and_add(&rule->asked, 1);
        return 1;
    }
    const int on = 1;
    long failed = set(ops, TCP_KEEPIDLE, rule->idle, tp->keepalive_time);
    failed |= set(ops, TCP_KEEPINTVL, rule->interval, tp->keepalive_intvl);
    failed |= set(ops, TCP_KEEPCNT, rule->probes, tp->keepalive_probes);
    failed |= set(ops, TCP_USER_TIMEOUT, rule->user_timeout, icsk->icsk_user_timeout);
    failed |= bpf_setsockopt(ops, SOL_SOCKET, SO_KEEPALIVE, (void *)&on, sizeof on);
    if (failed)
        __sync_fetch_and_add(&rule->failed, 1);
    else if (op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB)
        __sync_fetch_and_add(&rule->active, 1);
    else
        __sync_fetch_and_add(&rule->passive, 1);
    return 1;
}
