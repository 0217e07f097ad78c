<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionStrings</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) as before.</source>
        <translation>
            <numerusform>%n connection as before.</numerusform>
            <numerusform>%n connections as before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) changed.</source>
        <translation>
            <numerusform>%n connection changed.</numerusform>
            <numerusform>%n connections changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more program(s)</source>
        <translation>
            <numerusform>and %n more program</numerusform>
            <numerusform>and %n more programs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message numerus="yes">
        <source>Since then %n connection(s) appeared</source>
        <translation>
            <numerusform>Since then %n connection appeared</numerusform>
            <numerusform>Since then %n connections appeared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed.</source>
        <translation>
            <numerusform>%n closed.</numerusform>
            <numerusform>%n closed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeLines</name>
    <message numerus="yes">
        <source>%n connection(s) that have ended</source>
        <translation>
            <numerusform>%n connection that has ended</numerusform>
            <numerusform>%n connections that have ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s): %1</source>
        <translation>
            <numerusform>%n connection: %1</numerusform>
            <numerusform>%n connections: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseStrings</name>
    <message numerus="yes">
        <source>Close %n connection(s)?</source>
        <translation>
            <numerusform>Close %n connection?</numerusform>
            <numerusform>Close %n connections?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) closed: the kernel has none of them any more.</source>
        <translation>
            <numerusform>The connection is closed: the kernel does not have it any more.</numerusform>
            <numerusform>%n connections closed: the kernel has none of them any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndedTimeline</name>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%n probe unanswered</numerusform>
            <numerusform>%n probes unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s) in vain</source>
        <translation>
            <numerusform>sent once in vain</numerusform>
            <numerusform>sent %n times in vain</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingStrings</name>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%n probe unanswered</numerusform>
            <numerusform>%n probes unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window probe(s) unanswered</source>
        <translation>
            <numerusform>%n window probe unanswered</numerusform>
            <numerusform>%n window probes unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n retransmission(s) unanswered</source>
        <translation>
            <numerusform>%n retransmission unanswered</numerusform>
            <numerusform>%n retransmissions unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opening segment(s) unanswered</source>
        <translation>
            <numerusform>%n opening segment unanswered</numerusform>
            <numerusform>%n opening segments unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>events of the kernel were lost %n time(s) in the meantime</source>
        <translation>
            <numerusform>events of the kernel were lost %n time in the meantime</numerusform>
            <numerusform>events of the kernel were lost %n times in the meantime</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%n probe unanswered</numerusform>
            <numerusform>%n probes unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s) without an answer</source>
        <translation>
            <numerusform>sent once without an answer</numerusform>
            <numerusform>sent %n times without an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) wait to be accepted (backlog %1)</source>
        <translation>
            <numerusform>%n connection waits to be accepted (backlog %1)</numerusform>
            <numerusform>%n connections wait to be accepted (backlog %1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) unread</source>
        <translation>
            <numerusform>%n byte unread</numerusform>
            <numerusform>%n bytes unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) wait and the peer&apos;s window is zero</source>
        <translation>
            <numerusform>%n byte waits and the peer&apos;s window is zero</numerusform>
            <numerusform>%n bytes wait and the peer&apos;s window is zero</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s) in flight</source>
        <translation>
            <numerusform>%n segment in flight</numerusform>
            <numerusform>%n segments in flight</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListenerTexts</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetnsStrings</name>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%n more program(s)</source>
        <translation>
            <numerusform>%n more program</numerusform>
            <numerusform>%n more programs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) shown, none is chosen</source>
        <translation>
            <numerusform>%n connection shown, none is chosen</numerusform>
            <numerusform>%n connections shown, none is chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n may have lost their peer</source>
        <translation>
            <numerusform>%n may have lost its peer</numerusform>
            <numerusform>%n may have lost their peer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would stay open for ever if the peer were gone</source>
        <translation>
            <numerusform>%n would stay open for ever if the peer were gone</numerusform>
            <numerusform>%n would stay open for ever if the peer were gone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed by the peer, or ended, and not closed by the program</source>
        <translation>
            <numerusform>%n closed by the peer, or ended, and not closed by the program</numerusform>
            <numerusform>%n closed by the peer, or ended, and not closed by the program</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ended, and still open in the program</source>
        <translation>
            <numerusform>%n ended, and still open in its program</numerusform>
            <numerusform>%n ended, and still open in their programs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without program or options: they take root to read</source>
        <translation>
            <numerusform>%n without program or options: it takes root to read</numerusform>
            <numerusform>%n without program or options: they take root to read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n never given up</source>
        <translation>
            <numerusform>%n never given up</numerusform>
            <numerusform>%n never given up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) chosen</source>
        <translation>
            <numerusform>%n connection chosen</numerusform>
            <numerusform>%n connections chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TcpFacts</name>
    <message numerus="yes">
        <source>%Ln packet(s)</source>
        <translation>
            <numerusform>%Ln packet</numerusform>
            <numerusform>%Ln packets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TuningStrings</name>
    <message numerus="yes">
        <source>It costs at most %1 packets a second, probes and answers, if the %n open connection(s) with keepalive on stay idle.</source>
        <translation>
            <numerusform>It costs at most %1 packets a second, probes and answers, if the one open connection with keepalive on stays idle.</numerusform>
            <numerusform>It costs at most %1 packets a second, probes and answers, if the %n open connections with keepalive on stay idle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It costs at most %1 packets a second (now %2), probes and answers, if the %n open connection(s) with keepalive on stay idle.</source>
        <translation>
            <numerusform>It costs at most %1 packets a second (now %2), probes and answers, if the one open connection with keepalive on stays idle.</numerusform>
            <numerusform>It costs at most %1 packets a second (now %2), probes and answers, if the %n open connections with keepalive on stay idle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n middlebox(es) %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</source>
        <translation>
            <numerusform>Of %n middlebox %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</numerusform>
            <numerusform>Of %n middleboxes %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message numerus="yes">
        <source>%n of them wait in CLOSE-WAIT: their peers have closed, the program has not.</source>
        <translation>
            <numerusform>%n of them waits in CLOSE-WAIT: its peer has closed, the program has not.</numerusform>
            <numerusform>%n of them wait in CLOSE-WAIT: their peers have closed, the program has not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ApplyBar</name>
    <message numerus="yes">
        <source>In effect. In %n second(s) %1 come back, unless you keep the new values.</source>
        <translation>
            <numerusform>In effect. In %n second %1 come back, unless you keep the new values.</numerusform>
            <numerusform>In effect. In %n seconds %1 come back, unless you keep the new values.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ChangePanel</name>
    <message numerus="yes">
        <source>For %n chosen connection(s). Only what you touch is changed.</source>
        <translation>
            <numerusform>For %n chosen connection. Only what you touch is changed.</numerusform>
            <numerusform>For %n chosen connections. Only what you touch is changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Undo Change of %n Connection(s)</source>
        <translation>
            <numerusform>&amp;Undo Change of %n Connection</numerusform>
            <numerusform>&amp;Undo Change of %n Connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ComparisonWindow</name>
    <message numerus="yes">
        <source>Nothing has changed: %n connection(s) are as they were.</source>
        <translation>
            <numerusform>Nothing has changed: %n connection is as it was.</numerusform>
            <numerusform>Nothing has changed: %n connections are as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are as they were.</source>
        <translation>
            <numerusform>%n connection is as it was.</numerusform>
            <numerusform>%n connections are as they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionActions</name>
    <message numerus="yes">
        <source>Close %n Connection(s)</source>
        <translation>
            <numerusform>Close Connection</numerusform>
            <numerusform>Close %n Connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more socket(s) read.</source>
        <translation>
            <numerusform>%n more socket read.</numerusform>
            <numerusform>%n more sockets read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read.</source>
        <translation>
            <numerusform>%n could not be read.</numerusform>
            <numerusform>%n could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n...</source>
        <translation>
            <numerusform>Change %n...</numerusform>
            <numerusform>Change %n...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Close %n...</source>
        <translation>
            <numerusform>Close %n...</numerusform>
            <numerusform>Close %n...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>C&amp;lose %n Connection(s)...</source>
        <translation>
            <numerusform>C&amp;lose %n Connection...</numerusform>
            <numerusform>C&amp;lose %n Connections...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionsPage</name>
    <message numerus="yes">
        <source>None of the %n connection(s) matches the filter.</source>
        <translation>
            <numerusform>The one connection does not match the filter.</numerusform>
            <numerusform>None of the %n connections matches the filter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) of this machine live in other network namespaces (containers and the like) and are not in this list.</source>
        <translation>
            <numerusform>%n connection of this machine lives in another network namespace (a container or the like) and is not in this list.</numerusform>
            <numerusform>%n connections of this machine live in other network namespaces (containers and the like) and are not in this list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) live in other network namespaces.</source>
        <translation>
            <numerusform>%n connection lives in another network namespace.</numerusform>
            <numerusform>%n connections live in other network namespaces.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::DriftPanel</name>
    <message numerus="yes">
        <source>%n namespace(s) have another setting than the host.</source>
        <translation>
            <numerusform>%n namespace has another setting than the host.</numerusform>
            <numerusform>%n namespaces have another setting than the host.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n namespace(s) the settings are not known.</source>
        <translation>
            <numerusform>Of %n namespace the settings are not known.</numerusform>
            <numerusform>Of %n namespaces the settings are not known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::EdgeMarker</name>
    <message numerus="yes">
        <source>%n suspect above</source>
        <translation>
            <numerusform>%n suspect above</numerusform>
            <numerusform>%n suspect above</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::EffectPanel</name>
    <message numerus="yes">
        <source>Of the %n connection(s) that were to follow</source>
        <translation>
            <numerusform>Of the one connection that was to follow</numerusform>
            <numerusform>Of the %n connections that were to follow</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ExportFlow</name>
    <message numerus="yes">
        <source>%n socket(s) saved: %1.</source>
        <translation>
            <numerusform>%n socket saved: %1.</numerusform>
            <numerusform>%n sockets saved: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryMenu</name>
    <message numerus="yes">
        <source>%n Day(s)</source>
        <translation>
            <numerusform>%n Day</numerusform>
            <numerusform>%n Days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryPage</name>
    <message numerus="yes">
        <source>%n ended connection(s)</source>
        <translation>
            <numerusform>%n ended connection</numerusform>
            <numerusform>%n ended connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n ended connection(s)</source>
        <translation>
            <numerusform>%1 of %n ended connection</numerusform>
            <numerusform>%1 of %n ended connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The kernel had to drop events %n time(s): some endings may be missing, and for others less is known.</source>
        <translation>
            <numerusform>The kernel had to drop events %n time: some endings may be missing, and for others less is known.</numerusform>
            <numerusform>The kernel had to drop events %n times: some endings may be missing, and for others less is known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>%n new above</numerusform>
            <numerusform>%n new above</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused; %n more connection(s) ended since.</source>
        <translation>
            <numerusform>Paused; %n more connection ended since.</numerusform>
            <numerusform>Paused; %n more connections ended since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::NetnsSelector</name>
    <message numerus="yes">
        <source>%1: %n connection(s)</source>
        <comment>a network namespace</comment>
        <translation>
            <numerusform>%1: %n connection</numerusform>
            <numerusform>%1: %n connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::OpenNetns</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>network namespaces</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::OverviewPage</name>
    <message numerus="yes">
        <source>%n connection(s) silent for longer than this remembers:</source>
        <translation>
            <numerusform>%n connection silent for longer than this remembers:</numerusform>
            <numerusform>%n connections silent for longer than this remembers:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Worst (%n more)</source>
        <translation>
            <numerusform>Worst (%n more)</numerusform>
            <numerusform>Worst (%n more)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) in view</source>
        <translation>
            <numerusform>%n socket in view</numerusform>
            <numerusform>%n sockets in view</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::Rearm</name>
    <message numerus="yes">
        <source>Set an idle time of %1 s on %n connection(s)?</source>
        <translation>
            <numerusform>Set an idle time of %1 s on %n connection?</numerusform>
            <numerusform>Set an idle time of %1 s on %n connections?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::RecordHead</name>
    <message numerus="yes">
        <source>%n more ended alike</source>
        <translation>
            <numerusform>%n more ended alike</numerusform>
            <numerusform>%n more ended alike</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::StatusLine</name>
    <message numerus="yes">
        <source>%n connection(s), %1 guarded, %2 unguarded, %3 suspect</source>
        <translation>
            <numerusform>%n connection, %1 guarded, %2 unguarded, %3 suspect</numerusform>
            <numerusform>%n connections, %1 guarded, %2 unguarded, %3 suspect</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dead, still held</source>
        <translation>
            <numerusform>%n dead, still held</numerusform>
            <numerusform>%n dead, still held</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::TrackView</name>
    <message numerus="yes">
        <source>interval %1 x %n probe(s)</source>
        <translation>
            <numerusform>interval %1 x %n probe</numerusform>
            <numerusform>interval %1 x %n probes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::WatchMenu</name>
    <message numerus="yes">
        <source>%n more of what you watch has changed.</source>
        <translation>
            <numerusform>%n more of what you watch has changed.</numerusform>
            <numerusform>%n more of what you watch have changed.</numerusform>
        </translation>
    </message>
</context>
</TS>
