// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/core_sentences.h"

#include "ui/look/text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <vector>

namespace halfopen {
namespace {

constexpr const char* kContext = "CoreSentences";

constexpr std::array kSentences{
    // What a frame notes.
    QT_TRANSLATE_NOOP("CoreSentences", "Some sockets are told without their processes."),
    QT_TRANSLATE_NOOP("CoreSentences", "Some sockets are held by other users: only an administrator can read by which "
                                       "processes, and with which options."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The kernel's tick is being measured; until then moments are told as earliest to latest."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel's tick is not known: moments are told as earliest to latest."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel's table changed while it was read: a connection may be missing or "
                                       "listed twice."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "Ends of connections are not told to this program (%1): a seccomp filter, SELinux or AppArmor "
                      "forbids it. They are noticed with the next sample only."),
    QT_TRANSLATE_NOOP("CoreSentences", "This kernel does not tell when connections end (%1). It is noticed with the "
                                       "next sample only."),
    QT_TRANSLATE_NOOP("CoreSentences", "A socket is locked by its program, which waits in a system call: until it goes "
                                       "on, the kernel tells no details (tcp_info) of any connection."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The socket %1 - %2 (%3) is locked by its program, which waits in a system call: "
                      "until it goes on, the kernel tells no details (tcp_info) of any connection."),
    QT_TRANSLATE_NOOP("CoreSentences", "Some settings could not be read, so the kernel's default is assumed: %1."),
    // What holds of a connection beyond a silent peer, and facts.
    QT_TRANSLATE_NOOP("CoreSentences",
                      "This machine cannot send: the next hop does not answer ARP or neighbour discovery."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The last attempt has not left this machine: it waits in a queue or for the next hop's address."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "This machine drops what it sends itself: look at the queue of the outgoing interface (tc -s qdisc)."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "This machine refuses to send: there is no route, its own address is gone, or a firewall forbids it."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "This side holds data back (Nagle's algorithm or TCP_CORK) and has not tried to send it yet."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "It is a thin stream: its first timeouts do not double, so it is given up sooner."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "This loss began before the timeouts that are counted, so the end is nearer than their number says."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The program has asked for Fast Open: the SYN goes out with the first data that it writes."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "The program asked to hear of ICMP errors at once (IP_RECVERR): it may give up before the kernel does."),
    QT_TRANSLATE_NOOP("CoreSentences", "Its number of keepalive probes is 0: the kernel ends it when it has been idle, "
                                       "without asking the peer. Set at least 1."),
    QT_TRANSLATE_NOOP("CoreSentences", "Its timer does not fit the options last known: the program has changed them."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "It is a subflow of an MPTCP connection: when it ends, the program's connection may go on."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "It is an MPTCP connection without a subflow, which ends after net.mptcp.close_timeout."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The kernel runs a protocol on top of this socket (TLS or SMC), which may hold data of its own."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The peer takes no more data while some is in flight: its program does not read."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "The listener's queue of half-open connections is more than half full: SYN-ACKs are repeated less often."),
    QT_TRANSLATE_NOOP("CoreSentences", "It was opened with Fast Open, and its handshake is not finished."),
    QT_TRANSLATE_NOOP("CoreSentences", "Its listener has other options now than this connection got from it."),
    QT_TRANSLATE_NOOP("CoreSentences", "This machine has nearly too many orphaned connections, or too much memory in "
                                       "their queues: the kernel ends them early."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "This machine has slept since the sample before: what was forecast then comes later by that time."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "The sample was not taken on time, or the kernel counted its ticks late: moments are given as a range."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "As many connections wait to be accepted as may: further ones are not taken until its program accepts some."),
    QT_TRANSLATE_NOOP("CoreSentences", "Data waits in its receive queue and its program does not read it."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "Every process that owns it is stopped or frozen: it reads and writes nothing until one continues."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The interface that it is bound to does not exist any more: nothing can be sent or received."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "ICMP errors say that the peer cannot be reached; each one makes the kernel try again sooner."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "Its listener waits for the client's data (TCP_DEFER_ACCEPT); the handshake is not finished before."),
    // The file of the history.
    QT_TRANSLATE_NOOP("CoreSentences", "The history %1 is damaged (%2)."),
    QT_TRANSLATE_NOOP("CoreSentences", "It is now %1, and a new one was begun."),
    QT_TRANSLATE_NOOP("CoreSentences", "It cannot be set aside: %1."),
    QT_TRANSLATE_NOOP("CoreSentences", "The history %1 was written by a later version of Halfopen: it is left alone."),
    QT_TRANSLATE_NOOP("CoreSentences", "The history cannot be kept: %1 cannot be made (%2)."),
    QT_TRANSLATE_NOOP("CoreSentences", "The history cannot be kept: %1 cannot be written (%2)."),
    QT_TRANSLATE_NOOP("CoreSentences", "The history cannot be kept: %1: %2."),
    QT_TRANSLATE_NOOP("CoreSentences", "It lives in memory only."),
    QT_TRANSLATE_NOOP("CoreSentences", "What is new lives in memory only."),
    // Why there is no sample.
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel cannot list TCP sockets (%1): its modules inet_diag and tcp_diag "
                                       "are missing. Try: sudo modprobe tcp_diag"),
    QT_TRANSLATE_NOOP("CoreSentences", "This kernel does not know the request (%1)."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel refused to list TCP sockets (%1): a seccomp filter, SELinux or "
                                       "AppArmor forbids NETLINK_SOCK_DIAG to this program."),
    QT_TRANSLATE_NOOP("CoreSentences", "Listing TCP sockets failed: %1."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel had no memory to list all TCP sockets (ENOBUFS)."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel waits for a lock and lists no TCP sockets."),
    QT_TRANSLATE_NOOP("CoreSentences", "No process can be made to list TCP sockets: %1."),
    QT_TRANSLATE_NOOP("CoreSentences", "The process that lists TCP sockets has ended."),
    // Recordings.
    QT_TRANSLATE_NOOP("CoreSentences", "Cannot read the recording %1: %2."),
    QT_TRANSLATE_NOOP("CoreSentences", "The recording is damaged at byte %1 (%2); %3 sockets before it were read."),
    QT_TRANSLATE_NOOP("CoreSentences", "The recording is cut short: no end mark after byte %1; %2 sockets were read."),
    QT_TRANSLATE_NOOP("CoreSentences", "The recording does not tell the settings and the tick of its machine: the "
                                       "kernel's defaults are assumed."),
    // Why a socket was not read or changed.
    QT_TRANSLATE_NOOP("CoreSentences", "The socket belongs to another user's process, which only root may look into."),
    QT_TRANSLATE_NOOP("CoreSentences", "The process that holds the socket is protected from its own user (not "
                                       "dumpable); only root may look into it."),
    QT_TRANSLATE_NOOP("CoreSentences", "This system lets no process look into another one (kernel.yama.ptrace_scope); "
                                       "it takes root, or kernel.yama.ptrace_scope=0."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel refused to hand over the descriptor; a seccomp filter or a security "
                                       "module stands in the way."),
    QT_TRANSLATE_NOOP("CoreSentences", "The process has ended or has closed the descriptor meanwhile."),
    QT_TRANSLATE_NOOP("CoreSentences", "The connection is a subflow of an MPTCP connection, whose options belong to "
                                       "the whole."),
    QT_TRANSLATE_NOOP("CoreSentences", "Halfopen has no file descriptor left (ulimit -n)."),
    QT_TRANSLATE_NOOP("CoreSentences", "The socket refused to tell or to take its options."),
    QT_TRANSLATE_NOOP(
        "CoreSentences",
        "This kernel cannot hand over the descriptors of other processes (pidfd_getfd, since Linux 5.6)."),
    QT_TRANSLATE_NOOP("CoreSentences", "Looking into the process that holds the socket takes CAP_SYS_PTRACE, which "
                                       "root does not have here (as in most containers)."),
    QT_TRANSLATE_NOOP("CoreSentences", "The process that holds the socket belongs to a user that does not exist in "
                                       "this user namespace; only from outside of it can be looked into that process."),
    QT_TRANSLATE_NOOP("CoreSentences", "An io_uring of the program holds the socket, and no descriptor does: there is "
                                       "nothing through which it could be reached."),
    // Why nobody is named who holds a socket.
    QT_TRANSLATE_NOOP("CoreSentences", "Held by a process of another user, or by one that is protected from its own; "
                                       "reading which takes root."),
    QT_TRANSLATE_NOOP("CoreSentences", "No process holds it any more: the kernel finishes it alone."),
    QT_TRANSLATE_NOOP("CoreSentences", "No process holds it yet: it waits for its listener to accept it."),
    QT_TRANSLATE_NOOP("CoreSentences", "None of the processes that may be looked into holds it: another user's does, "
                                       "or a protected one, or it is on its way between two processes; root can tell."),
    QT_TRANSLATE_NOOP("CoreSentences", "It is open, but no process has a descriptor of it: it is on its way between "
                                       "two processes (SCM_RIGHTS), held outside of this pid namespace, or the "
                                       "kernel's own."),
    QT_TRANSLATE_NOOP("CoreSentences", "Reading which process holds it takes CAP_SYS_PTRACE, which root does not have "
                                       "here (as in most containers)."),
    QT_TRANSLATE_NOOP("CoreSentences", "None of the processes that may be looked into holds it, and some may not be "
                                       "looked into here, not even by root: a security module or another user "
                                       "namespace stands in the way."),
    QT_TRANSLATE_NOOP("CoreSentences", "Its user does not exist in this user namespace (and is shown as nobody): only "
                                       "from outside of it can be told which process holds it."),
    QT_TRANSLATE_NOOP("CoreSentences", "Who holds it was not looked up: Halfopen had no file descriptor left for that "
                                       "(ulimit -n)."),
    QT_TRANSLATE_NOOP("CoreSentences", "Who holds it was not looked up: no /proc is mounted here."),
    QT_TRANSLATE_NOOP("CoreSentences", "Who holds it was not looked up: /proc shows only some of the processes here "
                                       "(hidepid)."),
    // A change that was not taken, or a trial that is over.
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel did not take %1: %2."),
    QT_TRANSLATE_NOOP("CoreSentences", "Every value is as it was before; one that was set in between is the "
                                       "connection's own from now on."),
    QT_TRANSLATE_NOOP("CoreSentences", "What was set before it could not be set back: %1."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel has not answered yet: a program holds the lock of its socket, as it "
                                       "waits inside a system call on it."),
    QT_TRANSLATE_NOOP("CoreSentences", "Whether it is done later stands in the system's log."),
    QT_TRANSLATE_NOOP("CoreSentences", "The trial is over: the values before are in effect again."),
    QT_TRANSLATE_NOOP("CoreSentences", "Other values were set in the meantime; they were left as they are."),
    QT_TRANSLATE_NOOP("CoreSentences", "There is no such trial (any more); look at the values in effect."),
    QT_TRANSLATE_NOOP("CoreSentences", "Other values are on trial just now; try again when that is over."),
    QT_TRANSLATE_NOOP("CoreSentences",
                      "The connection waits in its listener's queue: its program has not accepted it, so there is no "
                      "descriptor yet through which it could be changed."),
    QT_TRANSLATE_NOOP("CoreSentences", "No program holds this socket any more (it is in %1): there is no descriptor "
                                       "through which it could be read or changed."),
    QT_TRANSLATE_NOOP("CoreSentences", "%1 is a listener; Halfopen closes connections only."),
    QT_TRANSLATE_NOOP("CoreSentences", "%1 is bound, neither listening nor connected: there is no connection to close, "
                                       "and only its program can give the address back."),
    QT_TRANSLATE_NOOP("CoreSentences", "The kernel took the request, but the connection is still there."),
};

struct Known {
    const char* source;
    QRegularExpression pattern;
};

std::vector<Known> readSentences() {
    static const QRegularExpression place(QStringLiteral("%[1-9]"));
    std::vector<Known> known;
    for (const char* source : kSentences) {
        QStringList parts = QString::fromLatin1(source).split(place);
        for (auto& part : parts)
            part = QRegularExpression::escape(part);
        const QString pattern = parts.join(QStringLiteral("(.*)"));
        known.push_back({source, QRegularExpression(QRegularExpression::anchoredPattern(pattern))});
    }
    return known;
}

/// All at once: what is put in may hold a "%2" itself.
QString fill(const QString& sentence, const QRegularExpressionMatch& with) {
    switch (with.lastCapturedIndex()) {
    case 1:
        return sentence.arg(with.captured(1));
    case 2:
        return sentence.arg(with.captured(1), with.captured(2));
    case 3:
        return sentence.arg(with.captured(1), with.captured(2), with.captured(3));
    default:
        return sentence;
    }
}

} // namespace

QString coreSentence(std::string_view sentence) {
    static const auto known = readSentences();
    const QString text = fromCore(sentence);
    for (const Known& one : known) {
        const auto match = one.pattern.match(text);
        if (!match.hasMatch())
            continue;
        return fill(QCoreApplication::translate(kContext, one.source), match);
    }
    return text;
}

QStringList coreSentences() {
    QStringList sentences;
    for (const char* source : kSentences)
        sentences.append(QString::fromLatin1(source));
    return sentences;
}

} // namespace halfopen
