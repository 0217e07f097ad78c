<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionStrings</name>
    <message>
        <source>a program that is not known → %1</source>
        <translation>未知程序 → %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>exact, same as the system&apos;s</source>
        <translation>精确，与系统相同</translation>
    </message>
    <message>
        <source>exact, override</source>
        <translation>精确，已覆盖</translation>
    </message>
    <message>
        <source>differs between them</source>
        <translation>各不相同</translation>
    </message>
    <message>
        <source>never given up: the kernel would not notice that the peer is gone</source>
        <translation>永不放弃：即使对端消失，内核也不会察觉</translation>
    </message>
    <message>
        <source>nothing is foreseen that would end it</source>
        <translation>目前没有会使其结束的机制</translation>
    </message>
    <message>
        <source>ends %1</source>
        <translation>%1结束</translation>
    </message>
    <message>
        <source>given up %1 if the peer stays silent</source>
        <translation>若对端一直无响应，%1放弃</translation>
    </message>
    <message>
        <source>next probe %1, given up %2 if the peer stays silent</source>
        <translation>%1进行下一次探测，若对端一直无响应，%2放弃</translation>
    </message>
    <message>
        <source>no timer is running</source>
        <translation>没有定时器在运行</translation>
    </message>
    <message>
        <source>its %1 timer fires %2</source>
        <translation>其%1定时器%2触发</translation>
    </message>
    <message>
        <source>No authentication agent is running in this session, so nobody can be asked for a password.</source>
        <translation>此会话中没有运行认证代理，因此无法弹出密码输入框。</translation>
    </message>
    <message>
        <source>It takes an administrator&apos;s rights, and Halfopen&apos;s helper, which has them, is not installed.</source>
        <translation>这需要管理员权限，而拥有该权限的 Halfopen 辅助程序未安装。</translation>
    </message>
    <message>
        <source>It takes an administrator&apos;s rights, and there is no system bus to ask the helper on.</source>
        <translation>这需要管理员权限，而这里没有系统总线，无法请求辅助程序。</translation>
    </message>
    <message>
        <source>polkit is not installed or not running, so nobody can decide whether you may.</source>
        <translation>polkit 未安装或未运行，因此无法判断您是否有权限。</translation>
    </message>
    <message>
        <source>It had gone already.</source>
        <translation>它此前已经消失。</translation>
    </message>
    <message>
        <source>The helper has too much to do; try again in a moment.</source>
        <translation>辅助程序正忙，请稍后再试。</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <comment>reason, count</comment>
        <translation>%1（%2 次）</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between reasons</comment>
        <translation>；</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) as before.</source>
        <translation>
            <numerusform>%Ln 个连接已恢复原样。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) changed.</source>
        <translation>
            <numerusform>%Ln 个连接已更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was changed: %1.</source>
        <translation>未作任何更改：%1。</translation>
    </message>
    <message>
        <source>%1 of %2 changed</source>
        <translation>%2 个中有 %1 个已更改</translation>
    </message>
    <message>
        <source>%1; %2 could not be: %3.</source>
        <comment>so many changed, how many, why</comment>
        <translation>%1；%2 个无法更改：%3。</translation>
    </message>
    <message>
        <source>a program that is not known</source>
        <translation>未知程序</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>program, how many connections</comment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more program(s)</source>
        <translation>
            <numerusform>以及另外 %Ln 个程序</numerusform>
        </translation>
    </message>
    <message>
        <source>A recording is shown: nothing in it can be changed.</source>
        <translation>当前显示的是记录文件：其中的内容无法更改。</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open Recording...</source>
        <translation>打开记录文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Back to &amp;This Machine</source>
        <translation>返回本机(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>筛选(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详细信息(&amp;D)</translation>
    </message>
    <message>
        <source>What the &amp;Words Mean</source>
        <translation>术语说明(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;About Halfopen</source>
        <translation>关于 Halfopen(&amp;A)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;P)</translation>
    </message>
    <message>
        <source>Resume (Space)</source>
        <translation>继续（空格）</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>P&amp;references...</source>
        <translation>首选项(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;High Contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>By the &amp;Width</source>
        <translation>随窗口宽度(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Below the Table</source>
        <translation>表格下方(&amp;B)</translation>
    </message>
    <message>
        <source>Be&amp;side the Table</source>
        <translation>表格右侧(&amp;S)</translation>
    </message>
    <message>
        <source>P&amp;lace of the Details</source>
        <translation>详情位置(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;More Room for the Details</source>
        <translation>扩大详情区域(&amp;M)</translation>
    </message>
    <message>
        <source>More Room for the &amp;Table</source>
        <translation>扩大表格区域(&amp;T)</translation>
    </message>
    <message>
        <source>Sample No&amp;w</source>
        <translation>立即采样(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Larger Text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller Text</source>
        <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Usual Size</source>
        <translation>默认大小(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Text Size</source>
        <translation>文字大小(&amp;T)</translation>
    </message>
    <message>
        <source>Open the &amp;Laboratory</source>
        <translation>打开实验室(&amp;L)</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Copy traceroute</source>
        <translation>复制 traceroute 命令</translation>
    </message>
    <message>
        <source>Copy ss for the Peer</source>
        <translation>复制在对端使用的 ss 命令</translation>
    </message>
    <message>
        <source>Close...</source>
        <translation>关闭…</translation>
    </message>
    <message>
        <source>Show All of This Program</source>
        <translation>显示此程序的所有连接</translation>
    </message>
    <message>
        <source>The kernel will not decide this. Close it, and its program gets an error at once.</source>
        <translation>内核不会作出判定。可以关闭此连接，程序会立即收到错误。</translation>
    </message>
    <message>
        <source>The kernel decides %1.</source>
        <translation>内核将%1作出判定。</translation>
    </message>
    <message>
        <source>Wait: the kernel decides at %1 (%2). Or close it now: its program gets an error at once.</source>
        <translation>可以等待：内核将于 %1（%2）作出判定。也可以立即关闭：程序会马上收到错误。</translation>
    </message>
    <message>
        <source>Nothing to do: its program has not gone on yet.</source>
        <translation>无需操作：程序尚未继续。</translation>
    </message>
    <message>
        <source>Nothing to do yet: the peer&apos;s answer is under way.</source>
        <translation>暂无需操作：正在等待对端应答。</translation>
    </message>
    <message>
        <source>The peer does not answer the SYN: its host, a firewall or the port.</source>
        <translation>对端未应答 SYN：请检查主机、防火墙或端口。</translation>
    </message>
    <message>
        <source>The client does not finish the handshake: it is gone, or it only knocks.</source>
        <translation>客户端未完成握手：可能已消失，或只是在扫描。</translation>
    </message>
    <message>
        <source>Nobody will notice if the peer is gone.</source>
        <translation>如果对端消失，没有任何机制会察觉。</translation>
    </message>
    <message>
        <source>Turn Keepalive On...</source>
        <translation>开启保活…</translation>
    </message>
    <message>
        <source>The peer is alive and reads nothing: look there.</source>
        <translation>对端仍然存活但不读取数据：请检查对端。</translation>
    </message>
    <message>
        <source>A fault of its program, which does not close: restart it, or close these.</source>
        <translation>这是程序的缺陷：未调用 close。请重启程序，或关闭这些连接。</translation>
    </message>
    <message>
        <source>Nothing to do: the kernel asks the peer by itself. A firewall that forgets idle connections sooner needs a shorter idle time.</source>
        <translation>无需操作：内核会自行探测对端。如果防火墙更早清除空闲会话，则需要更短的空闲时间。</translation>
    </message>
    <message>
        <source>Tuning</source>
        <translation>调优</translation>
    </message>
    <message>
        <source>Nothing to do: it ends by itself.</source>
        <translation>无需操作：会自行结束。</translation>
    </message>
    <message>
        <source>Nothing to do: data moves.</source>
        <translation>无需操作：数据正在传输。</translation>
    </message>
    <message>
        <source>Nothing to do: it waits for connections.</source>
        <translation>无需操作：正在等待连接。</translation>
    </message>
    <message>
        <source>Look at the next hop: its cable, its address, its ARP or neighbour entry.</source>
        <translation>请检查下一跳：线缆、地址、ARP 或邻居表项。</translation>
    </message>
    <message>
        <source>Copy ip neigh</source>
        <translation>复制 ip neigh 命令</translation>
    </message>
    <message>
        <source>Look at this machine&apos;s routes, addresses and firewall.</source>
        <translation>请检查本机的路由、地址和防火墙。</translation>
    </message>
    <message>
        <source>Copy ip route get</source>
        <translation>复制 ip route get 命令</translation>
    </message>
    <message>
        <source>Look at the queue of the outgoing interface: it drops or keeps what is sent.</source>
        <translation>请检查出接口的队列：发出的报文被丢弃或滞留。</translation>
    </message>
    <message>
        <source>Copy tc qdisc</source>
        <translation>复制 tc qdisc 命令</translation>
    </message>
    <message>
        <source>A router says that the peer cannot be reached: look at the way.</source>
        <translation>有路由器报告对端不可达：请检查路径。</translation>
    </message>
    <message>
        <source>The peer&apos;s program does not read: look there.</source>
        <translation>对端程序不读取数据：请检查对端。</translation>
    </message>
    <message>
        <source>Keepalive without a probe ends it when it has been idle: set at least one.</source>
        <translation>探测次数为 0 的保活会在空闲后直接结束连接：请至少设为 1。</translation>
    </message>
    <message>
        <source>Change...</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Its program is stopped or frozen: let it go on, or end it.</source>
        <translation>程序已被停止或冻结：请让其继续，或将其结束。</translation>
    </message>
    <message>
        <source>Its program does not read what came: look at what it is doing.</source>
        <translation>程序没有读取已到达的数据：请查看程序在做什么。</translation>
    </message>
    <message>
        <source>Its program accepts too slowly, or its backlog is too short.</source>
        <translation>程序 accept 过慢，或 backlog 过短。</translation>
    </message>
    <message>
        <source>Many clients do not finish the handshake: a flood, or a way that loses SYN-ACKs.</source>
        <translation>许多客户端未完成握手：可能是 SYN 洪泛，或路径丢失 SYN-ACK。</translation>
    </message>
    <message>
        <source>Look at tcp_max_orphans and tcp_mem, and at who closes with data unsent.</source>
        <translation>请检查 tcp_max_orphans 和 tcp_mem，以及哪些程序在数据未发完时关闭连接。</translation>
    </message>
    <message>
        <source>Keepalive may have no probe here: set at least one.</source>
        <translation>此处保活可能没有任何探测：请至少设为 1。</translation>
    </message>
    <message>
        <source>Guard New Ones...</source>
        <translation>为新连接开启保活…</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Paused; sampling goes on.</source>
        <translation>已暂停；采样仍在继续。</translation>
    </message>
    <message numerus="yes">
        <source>Since then %n connection(s) appeared</source>
        <translation>
            <numerusform>此后新增 %Ln 个连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed.</source>
        <translation>
            <numerusform>关闭 %Ln 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <comment>paused; how many appeared, how many closed</comment>
        <translation>%1%2，%3</translation>
    </message>
</context>
<context>
    <name>CellMenu</name>
    <message>
        <source>Show &amp;Only</source>
        <translation>只显示(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>排除(&amp;H)</translation>
    </message>
    <message>
        <source>Collapse &amp;Group</source>
        <translation>折叠该组(&amp;G)</translation>
    </message>
    <message>
        <source>Expand &amp;Group</source>
        <translation>展开该组(&amp;G)</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>%1, process %2, descriptor %3</source>
        <translation>%1，进程 %2，描述符 %3</translation>
    </message>
    <message>
        <source>~off</source>
        <translation>~关</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>~on</source>
        <translation>~开</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>The kernel keeps no options for a socket in this state.</source>
        <translation>处于此状态的套接字，内核不保留任何选项。</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1：%2(%3)</translation>
    </message>
    <message>
        <source>Keepalive on</source>
        <translation>保活已开启</translation>
    </message>
    <message>
        <source>Keepalive off</source>
        <translation>保活已关闭</translation>
    </message>
    <message>
        <source>Keepalive on or off</source>
        <translation>保活是否开启</translation>
    </message>
    <message>
        <source>Idle time %1 s</source>
        <translation>空闲时间 %1 秒</translation>
    </message>
    <message>
        <source>Interval %1 s</source>
        <translation>间隔 %1 秒</translation>
    </message>
    <message>
        <source>Probes %1</source>
        <translation>探测 %1 次</translation>
    </message>
    <message>
        <source>Next: %1 %2.</source>
        <translation>下一步：%1，%2。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不放弃</translation>
    </message>
    <message>
        <source>Ends %1: %2.</source>
        <translation>%1结束：%2。</translation>
    </message>
    <message>
        <source>Given up %1: %2.</source>
        <translation>%1放弃：%2。</translation>
    </message>
    <message>
        <source>Assumed: %1.</source>
        <translation>按默认值：%1。</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>未记录</translation>
    </message>
    <message>
        <source>%1, process %2</source>
        <translation>%1，进程 %2</translation>
    </message>
    <message>
        <source>At %1.</source>
        <translation>时刻：%1。</translation>
    </message>
    <message>
        <source>~never</source>
        <translation>~永不放弃</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>what, and that it is due</comment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>ChangeLines</name>
    <message>
        <source>%1: %2 → %3</source>
        <extracomment>the name of an option, what it was, what it is now</extracomment>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a number, its unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a value, how far it is known</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between values</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>not done: the dialog was closed</source>
        <translation>未执行：对话框已关闭</translation>
    </message>
    <message>
        <source>not done: %1</source>
        <translation>未执行：%1</translation>
    </message>
    <message>
        <source>in effect, as before</source>
        <translation>已恢复原值</translation>
    </message>
    <message>
        <source>in effect</source>
        <translation>生效中</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that have ended</source>
        <translation>
            <numerusform>%Ln 个已结束的连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s): %1</source>
        <translation>
            <numerusform>%Ln 个连接：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message>
        <source>Settings of this machine</source>
        <translation>本机的设置</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>%1 的设置</translation>
    </message>
    <message>
        <source>open → closed</source>
        <translation>打开 → 关闭</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>on trial</source>
        <translation>试用中</translation>
    </message>
    <message>
        <source>the file for the next boot: there → removed</source>
        <translation>下次启动时的文件：存在 → 已删除</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>day, time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>taken back at %1</source>
        <translation>已于 %1 撤销</translation>
    </message>
    <message>
        <source>in effect, and after a reboot</source>
        <translation>生效中，重启后仍然有效</translation>
    </message>
    <message>
        <source>in effect until a reboot</source>
        <translation>生效中，直到重启</translation>
    </message>
    <message>
        <source>in effect, as before; now its own, following no setting: %1</source>
        <translation>已生效，与之前相同；现在是连接自身的值，不再跟随任何设置：%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between options</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>ChangeProof</name>
    <message>
        <source>%1; %2.</source>
        <comment>timer; fate</comment>
        <translation>%1；%2。</translation>
    </message>
    <message>
        <source>%1 of %2 have a keepalive timer that runs.</source>
        <translation>%2 个中有 %1 个的保活定时器正在运行。</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>之前：%1</translation>
    </message>
    <message>
        <source>Now: it has closed.</source>
        <translation>现在：它已关闭。</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>现在：%1</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>%1 %2</source>
        <comment>how many, of what</comment>
        <translation>%1 个%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>point of a chart, its numbers</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>what is measured, how much it is</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>ClockFacts</name>
    <message>
        <source>It has waited unread for at least %1.</source>
        <translation>这些数据未被读取已至少 %1。</translation>
    </message>
    <message>
        <source>The kernel&apos;s timer</source>
        <translation>内核定时器</translation>
    </message>
    <message>
        <source>None is running.</source>
        <translation>没有定时器在运行。</translation>
    </message>
    <message>
        <source>The kernel will only look at the clock then and wait on: something came from the peer since the timer was set.</source>
        <translation>届时内核只会查看时间并继续等待：定时器设定之后，对端有过数据或应答。</translation>
    </message>
    <message>
        <source>%1, fires %2.</source>
        <translation>%1，%2触发。</translation>
    </message>
    <message>
        <source>Next on the wire</source>
        <translation>下一个报文</translation>
    </message>
    <message>
        <source>Nothing.</source>
        <translation>无。</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1（第 %2 次，共 %3 次）</translation>
    </message>
    <message>
        <source>A band: the kernel fires timers in steps, and where the steps lie is not known yet.</source>
        <translation>内核定时器按时钟节拍触发，节拍的相位尚未测得，因此是一个区间。</translation>
    </message>
    <message>
        <source>%1 %2.</source>
        <translation>%1，%2。</translation>
    </message>
    <message>
        <source>Never. No mechanism of the kernel is running that could end it.</source>
        <translation>永不。内核中没有任何能结束它的机制在运行。</translation>
    </message>
    <message>
        <source>Nothing is foreseen that would end it.</source>
        <translation>目前没有会使其结束的机制。</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>%1, if the peer stays silent: %2.</source>
        <translation>若对端一直无响应，则 %1：%2。</translation>
    </message>
    <message>
        <source>Taken for granted</source>
        <translation>按默认值处理</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>正在发生</translation>
    </message>
    <message>
        <source>Never, as long as its probes do not leave this machine: they are not counted.</source>
        <translation>只要探测包仍发不出本机就永不放弃：它们不计数。</translation>
    </message>
    <message>
        <source>Never, before its program writes.</source>
        <translation>在程序写入数据之前永不放弃。</translation>
    </message>
    <message>
        <source>%1, whether the peer answers or not: tcp_keepalive_probes is 0.</source>
        <translation>%1，无论对端是否应答：tcp_keepalive_probes 为 0。</translation>
    </message>
    <message>
        <source>Holds as long as</source>
        <translation>成立条件</translation>
    </message>
    <message>
        <source>What holds now</source>
        <translation>当前情形</translation>
    </message>
    <message>
        <source>Next attempt to send</source>
        <translation>下一次尝试发送</translation>
    </message>
    <message>
        <source>%1, whether the peer answers or not, if its probes are tcp_keepalive_probes: 0.</source>
        <translation>如果它的探测次数就是 tcp_keepalive_probes（0），则 %1，无论对端是否应答。</translation>
    </message>
</context>
<context>
    <name>CloseStrings</name>
    <message>
        <source>Your own programs get ECONNRESET at once, the others ECONNABORTED.</source>
        <translation>您自己的程序会立即收到 ECONNRESET，其他程序收到 ECONNABORTED。</translation>
    </message>
    <message>
        <source>The program gets the error ECONNRESET at once.</source>
        <translation>程序会立即收到错误 ECONNRESET。</translation>
    </message>
    <message>
        <source>The program gets the error ECONNABORTED at once.</source>
        <translation>程序会立即收到错误 ECONNABORTED。</translation>
    </message>
    <message>
        <source>No program holds it any more.</source>
        <translation>已没有程序占用此连接。</translation>
    </message>
    <message>
        <source>Close the connection to %1?</source>
        <translation>关闭到 %1 的连接？</translation>
    </message>
    <message numerus="yes">
        <source>Close %n connection(s)?</source>
        <translation>
            <numerusform>关闭 %Ln 个连接？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) closed: the kernel has none of them any more.</source>
        <translation>
            <numerusform>%Ln 个连接已关闭：内核中已不再有它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not closed: %1.</source>
        <translation>未关闭：%1。</translation>
    </message>
    <message>
        <source>%1 of %2 closed</source>
        <translation>%2 个中有 %1 个已关闭</translation>
    </message>
    <message>
        <source>%1; %2 could not be: %3.</source>
        <comment>so many closed, how many, why</comment>
        <translation>%1；%2 个无法关闭：%3。</translation>
    </message>
    <message>
        <source>TIME-WAIT: the peer gets nothing. This frees the address pair early; a late packet may then hit a new connection.</source>
        <translation>TIME-WAIT：对端不会收到任何报文。此操作会提前释放地址对；迟到的报文可能会落到新的连接上。</translation>
    </message>
    <message>
        <source>SYN-SENT: the attempt ends, and the peer gets nothing.</source>
        <translation>SYN-SENT：连接尝试就此结束，对端不会收到任何报文。</translation>
    </message>
    <message>
        <source>SYN-RECV: the request is forgotten, and the peer gets nothing; it may ask again.</source>
        <translation>SYN-RECV：该请求被丢弃，对端不会收到任何报文，可能会再次请求。</translation>
    </message>
    <message>
        <source>CLOSING and LAST-ACK: both sides have closed already; the peer gets nothing, and what it has not acknowledged is not sent again.</source>
        <translation>CLOSING 和 LAST-ACK：双方均已关闭；对端不会收到任何报文，未确认的数据不再重发。</translation>
    </message>
    <message>
        <source>The peer gets a reset, and what was not sent yet is lost.</source>
        <translation>对端会收到 RST，尚未发送的数据将丢失。</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>A subflow of an MPTCP connection: it alone ends, and the program gets nothing. The connection goes on over its other subflows; without any it stays open for a new one until net.mptcp.close_timeout is over. &quot;End the Whole&quot; ends it with all its subflows, and its program finds it not connected (ENOTCONN, EPIPE).</source>
        <translation>MPTCP 连接的子流：只有它结束，程序收不到任何错误。连接经其他子流继续；若已没有子流，则保持打开，等待新的子流，直到 net.mptcp.close_timeout 到期。“结束整个连接”会结束该连接及其全部子流，其程序会发现连接已断开（ENOTCONN、EPIPE）。</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>What would happen if the peer were gone right now</source>
        <translation>如果对端此刻消失会怎样</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The TCP state</source>
        <translation>TCP 状态</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Local address and port</source>
        <translation>本地地址和端口</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远端</translation>
    </message>
    <message>
        <source>Remote address and port</source>
        <translation>远端地址和端口</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>The processes that hold the socket</source>
        <translation>占用该套接字的进程</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>On or off, then idle time/interval/probes. Plain: read from the socket. ~ in italics: inferred. In brackets: the system&apos;s default. ?: hidden by another timer.</source>
        <translation>开或关，然后是空闲时间/间隔/探测次数。正体：从套接字读取。斜体加 ~：推算。括号：系统默认值。?：不可见。</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>Which timer of the kernel is armed, and when it fires</source>
        <translation>内核的哪个定时器已设定，何时触发</translation>
    </message>
    <message>
        <source>Next probe</source>
        <translation>下次探测</translation>
    </message>
    <message>
        <source>When the next probe or retransmission really goes out</source>
        <translation>下一次探测或重传真正发出的时间</translation>
    </message>
    <message>
        <source>Gives up</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>When the kernel gives the connection up if the peer stays silent, and why</source>
        <translation>若对端一直无响应，内核何时、为何放弃该连接</translation>
    </message>
    <message>
        <source>Unanswered</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>Probes or retransmissions sent since the last sign of life, of those allowed</source>
        <translation>自最近响应以来发出的探测或重传次数/允许次数</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Time since data last moved in either direction</source>
        <translation>距任一方向最后一次传输数据的时间</translation>
    </message>
    <message>
        <source>Recv-Q</source>
        <translation>接收队列</translation>
    </message>
    <message>
        <source>Bytes received and not yet read; of a listener: connections not yet accepted</source>
        <translation>已收到但尚未读取的字节；监听套接字：尚未接受的连接</translation>
    </message>
    <message>
        <source>Send-Q</source>
        <translation>发送队列</translation>
    </message>
    <message>
        <source>Bytes sent and not yet acknowledged; of a listener: the limit of its queue</source>
        <translation>已发出但尚未确认的字节；监听套接字：队列上限</translation>
    </message>
    <message>
        <source>RTT</source>
        <translation>RTT</translation>
    </message>
    <message>
        <source>Smoothed round-trip time</source>
        <translation>平滑往返时间</translation>
    </message>
    <message>
        <source>Retransmits</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>Segments retransmitted in the life of the connection</source>
        <translation>连接存续期间重传的报文段</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>The user the socket belongs to</source>
        <translation>套接字所属的用户</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>The interface the socket is bound to</source>
        <translation>套接字绑定的接口</translation>
    </message>
    <message>
        <source>User timeout</source>
        <translation>用户超时</translation>
    </message>
    <message>
        <source>How long an answer may take before the connection is given up (TCP_USER_TIMEOUT, in milliseconds)</source>
        <translation>应答最多可以多久不到，超过即放弃连接（TCP_USER_TIMEOUT，单位为毫秒）</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>What is spoken, by the port of the side that serves</source>
        <translation>所用的协议服务，按提供服务一方的端口判断</translation>
    </message>
    <message>
        <source>Remote name</source>
        <translation>远端主机名</translation>
    </message>
    <message>
        <source>What the system&apos;s resolver calls the remote host (View &gt; Look Up Host Names)</source>
        <translation>系统解析器给出的远端主机名（视图 &gt; 查询主机名）</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>存在时间</translation>
    </message>
    <message>
        <source>How long the connection has been there; &gt;: since before Halfopen looked</source>
        <translation>连接已存在的时间；&gt;：在 Halfopen 开始观测之前就已存在</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Data that the peer has acknowledged</source>
        <translation>对端已确认的数据</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Data that has come from the peer</source>
        <translation>从对端收到的数据</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送速率</translation>
    </message>
    <message>
        <source>Data that the peer acknowledged since the sample before, a second</source>
        <translation>自上次采样以来对端每秒确认的数据</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>接收速率</translation>
    </message>
    <message>
        <source>Data that came since the sample before, a second</source>
        <translation>自上次采样以来每秒收到的数据</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>The network namespace it lives in, and how old its row is where that is looked at less often</source>
        <translation>所在的网络命名空间；若该命名空间查看得较少，还有此行的数据已过多久</translation>
    </message>
    <message>
        <source>Container/Unit</source>
        <translation>容器/单元</translation>
    </message>
    <message>
        <source>The container or systemd unit it belongs to</source>
        <translation>所属的容器或 systemd 单元</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>{0} more network namespaces are not looked at: {1} are the most.</source>
        <translation>还有 {0} 个网络命名空间未查看：最多查看 {1} 个。</translation>
    </message>
    <message>
        <source>The change is meant for network namespace {0}, but it would be made in {1}.</source>
        <translation>此更改针对网络命名空间 {0}，却会在 {1} 中进行。</translation>
    </message>
    <message>
        <source>{0} counts for the network namespace in which the machine boots, and this is another one; nothing can be kept here.</source>
        <translation>{0} 只对机器启动时的网络命名空间有效，而这里是另一个；无法在此永久保留任何值。</translation>
    </message>
    <message>
        <source>The connections are of network namespace {0}, but they would be looked for in {1}.</source>
        <translation>这些连接属于网络命名空间 {0}，却会在 {1} 中查找。</translation>
    </message>
    <message>
        <source>Other values are on trial just now; try again when that is over.</source>
        <translation>目前正在试用其他值；请在其结束后重试。</translation>
    </message>
    <message>
        <source>The trial is over: the values before are in effect again.</source>
        <translation>试用已结束：之前的值已重新生效。</translation>
    </message>
    <message>
        <source>Other values were set in the meantime; they were left as they are.</source>
        <translation>其间有人设置了其他值；已保持其不变。</translation>
    </message>
    <message>
        <source>There is no such trial (any more); look at the values in effect.</source>
        <translation>该试用（已）不存在；请查看当前生效的值。</translation>
    </message>
    <message>
        <source>The connection waits in a listener&apos;s queue, and which listener&apos;s is not to be told: several share the port.</source>
        <translation>连接在某个监听套接字的队列中等待，但无法断定是哪一个：有多个共用该端口。</translation>
    </message>
    <message>
        <source>Looking through the descriptors of all processes took too long; try again when the machine has less to do.</source>
        <translation>查看所有进程的描述符用时过长；请在机器较空闲时重试。</translation>
    </message>
    <message>
        <source>The kernel has not answered yet: a program holds the lock of its socket, as it waits inside a system call on it.</source>
        <translation>内核尚未应答：某个程序在其套接字上的系统调用中等待，因而占着该套接字的锁。</translation>
    </message>
    <message>
        <source>Whether it is done later stands in the system&apos;s log.</source>
        <translation>之后是否完成会记入系统日志。</translation>
    </message>
    <message>
        <source>There is no TCP socket with the cookie {0} here (any more).</source>
        <translation>这里（已）没有 cookie 为 {0} 的 TCP 套接字。</translation>
    </message>
    <message>
        <source>{0} is a listener; Halfopen closes connections only.</source>
        <translation>{0} 是监听套接字；Halfopen 只关闭连接。</translation>
    </message>
    <message>
        <source>{0} is bound, neither listening nor connected: there is no connection to close, and only its program can give the address back.</source>
        <translation>{0} 只是绑定了地址，既未监听也未连接：没有可关闭的连接，只有其程序才能释放该地址。</translation>
    </message>
    <message>
        <source>The connection waits in its listener&apos;s queue: its program has not accepted it, so there is no descriptor yet through which it could be changed.</source>
        <translation>该连接还在监听套接字的队列中等待：程序尚未接受它，因此还没有可用来更改它的描述符。</translation>
    </message>
    <message>
        <source>No program holds this socket any more (it is in {0}): there is no descriptor through which it could be read or changed.</source>
        <translation>已没有程序占用此套接字（其状态为 {0}）：没有可用来读取或更改它的描述符。</translation>
    </message>
    <message>
        <source>An idle time of {0} s is out of range: the kernel takes 1 to {1} s.</source>
        <translation>空闲时间 {0} 秒超出范围：内核接受 1 到 {1} 秒。</translation>
    </message>
    <message>
        <source>An interval of {0} s is out of range: the kernel takes 1 to {1} s.</source>
        <translation>间隔 {0} 秒超出范围：内核接受 1 到 {1} 秒。</translation>
    </message>
    <message>
        <source>A number of probes of {0} is out of range: the kernel takes 1 to {1}.</source>
        <translation>探测次数 {0} 超出范围：内核接受 1 到 {1}。</translation>
    </message>
    <message>
        <source>A user timeout of {0} ms is out of range: the kernel takes 0 to {1} ms.</source>
        <translation>用户超时 {0} 毫秒超出范围：内核接受 0 到 {1} 毫秒。</translation>
    </message>
    <message>
        <source>No connection is named.</source>
        <translation>没有指明任何连接。</translation>
    </message>
    <message>
        <source>{0} connections are more than the {1} of one call.</source>
        <translation>{0} 个连接超过一次调用的上限 {1} 个。</translation>
    </message>
    <message>
        <source>{0} is no cookie of one single socket.</source>
        <translation>{0} 不是单个套接字的 cookie。</translation>
    </message>
    <message>
        <source>Nothing is to be changed.</source>
        <translation>没有要更改的内容。</translation>
    </message>
    <message>
        <source>The kernel took the request, but the connection is still there.</source>
        <translation>内核接受了请求，但连接仍然存在。</translation>
    </message>
    <message>
        <source>The kernel did not take {0}: {1}.</source>
        <translation>内核未接受 {0}：{1}。</translation>
    </message>
    <message>
        <source>Every value is as it was before; one that was set in between is the connection&apos;s own from now on.</source>
        <translation>所有值都与之前相同；其间设置过的值从此归该连接自身所有。</translation>
    </message>
    <message>
        <source>What was set before it could not be set back: {0}.</source>
        <translation>在它之前设置的值未能改回：{0}。</translation>
    </message>
    <message>
        <source>It cannot be set aside: {0}.</source>
        <translation>无法将其移开：{0}。</translation>
    </message>
    <message>
        <source>It is now {0}, and a new one was begun.</source>
        <translation>它现名为 {0}，并已新建一个。</translation>
    </message>
    <message>
        <source>It lives in memory only.</source>
        <translation>历史仅存于内存中。</translation>
    </message>
    <message>
        <source>What is new lives in memory only.</source>
        <translation>新的记录仅存于内存中。</translation>
    </message>
    <message>
        <source>The history cannot be kept: {0} cannot be made ({1}).</source>
        <translation>无法保存历史：不能创建 {0}（{1}）。</translation>
    </message>
    <message>
        <source>The history cannot be kept: {0} cannot be written ({1}).</source>
        <translation>无法保存历史：不能写入 {0}（{1}）。</translation>
    </message>
    <message>
        <source>The history {0} is damaged ({1}).</source>
        <translation>历史文件 {0} 已损坏（{1}）。</translation>
    </message>
    <message>
        <source>The history cannot be kept: {0}: {1}.</source>
        <translation>无法保存历史：{0}：{1}。</translation>
    </message>
    <message>
        <source>The history cannot be kept: no memory for a database.</source>
        <translation>无法保存历史：没有内存可用于数据库。</translation>
    </message>
    <message>
        <source>The history {0} was written by a later version of Halfopen: it is left alone.</source>
        <translation>历史文件 {0} 由更高版本的 Halfopen 写入：未作改动。</translation>
    </message>
    <message>
        <source>There is no column &apos;{0}&apos;. There are: {1}.</source>
        <translation>没有名为“{0}”的列。可用的列：{1}。</translation>
    </message>
    <message>
        <source>This machine cannot send: the next hop does not answer ARP or neighbour discovery.</source>
        <translation>本机无法发送：下一跳不响应 ARP 或邻居发现。</translation>
    </message>
    <message>
        <source>ICMP errors say that the peer cannot be reached; each one makes the kernel try again sooner.</source>
        <translation>ICMP 错误表明对端不可达；每收到一次，内核都会提前重试。</translation>
    </message>
    <message>
        <source>The last attempt has not left this machine: it waits in a queue or for the next hop&apos;s address.</source>
        <translation>最近一次尝试尚未离开本机：它在队列中，或在等待下一跳的地址。</translation>
    </message>
    <message>
        <source>This machine drops what it sends itself: look at the queue of the outgoing interface (tc -s qdisc).</source>
        <translation>本机丢弃了自己发送的数据：请检查出口接口的队列（tc -s qdisc）。</translation>
    </message>
    <message>
        <source>This machine refuses to send: there is no route, its own address is gone, or a firewall forbids it.</source>
        <translation>本机拒绝发送：没有路由、本机地址已消失，或被防火墙禁止。</translation>
    </message>
    <message>
        <source>This side holds data back (Nagle&apos;s algorithm or TCP_CORK) and has not tried to send it yet.</source>
        <translation>本端暂扣数据（Nagle 算法或 TCP_CORK），尚未尝试发送。</translation>
    </message>
    <message>
        <source>It is a thin stream: its first timeouts do not double, so it is given up sooner.</source>
        <translation>这是稀疏流：最初几次超时不会加倍，因此会更早被放弃。</translation>
    </message>
    <message>
        <source>This loss began before the timeouts that are counted, so the end is nearer than their number says.</source>
        <translation>这次丢失早于所计的超时，因此结束时间比次数显示的更近。</translation>
    </message>
    <message>
        <source>The program has asked for Fast Open: the SYN goes out with the first data that it writes.</source>
        <translation>程序请求了 Fast Open：SYN 会随它写入的首批数据发出。</translation>
    </message>
    <message>
        <source>The program asked to hear of ICMP errors at once (IP_RECVERR): it may give up before the kernel does.</source>
        <translation>程序要求立即获知 ICMP 错误（IP_RECVERR）：它可能先于内核放弃。</translation>
    </message>
    <message>
        <source>Its number of keepalive probes is 0: the kernel ends it when it has been idle, without asking the peer. Set at least 1.</source>
        <translation>keepalive 探测次数为 0：空闲到期后内核不询问对端便结束它。请至少设为 1。</translation>
    </message>
    <message>
        <source>Its timer does not fit the options last known: the program has changed them.</source>
        <translation>定时器与最近已知的选项不符：程序已更改这些选项。</translation>
    </message>
    <message>
        <source>It is a subflow of an MPTCP connection: when it ends, the program&apos;s connection may go on.</source>
        <translation>它是 MPTCP 连接的一个子流：它结束后，程序的连接可能仍继续。</translation>
    </message>
    <message>
        <source>It is an MPTCP connection without a subflow, which ends after net.mptcp.close_timeout.</source>
        <translation>这是没有子流的 MPTCP 连接，将在 net.mptcp.close_timeout 之后结束。</translation>
    </message>
    <message>
        <source>The kernel runs a protocol on top of this socket (TLS or SMC), which may hold data of its own.</source>
        <translation>内核在此套接字之上运行协议（TLS 或 SMC），该协议可能自己留有数据。</translation>
    </message>
    <message>
        <source>The peer takes no more data while some is in flight: its program does not read.</source>
        <translation>仍有数据在途，而对端不再接收更多数据：对端程序没有读取。</translation>
    </message>
    <message>
        <source>Its listener waits for the client&apos;s data (TCP_DEFER_ACCEPT); the handshake is not finished before.</source>
        <translation>监听套接字在等待客户端的数据（TCP_DEFER_ACCEPT）；在此之前握手不会完成。</translation>
    </message>
    <message>
        <source>The listener&apos;s queue of half-open connections is more than half full: SYN-ACKs are repeated less often.</source>
        <translation>监听套接字的半开连接队列已超过一半：SYN-ACK 的重发次数会减少。</translation>
    </message>
    <message>
        <source>It was opened with Fast Open, and its handshake is not finished.</source>
        <translation>它以 Fast Open 打开，握手尚未完成。</translation>
    </message>
    <message>
        <source>This machine has nearly too many orphaned connections, or too much memory in their queues: the kernel ends them early.</source>
        <translation>本机的孤儿连接或其队列占用的内存接近上限：内核会提前结束它们。</translation>
    </message>
    <message>
        <source>This machine has slept since the sample before: what was forecast then comes later by that time.</source>
        <translation>自上次采样以来本机曾休眠：此前预测的时刻会相应推迟。</translation>
    </message>
    <message>
        <source>The sample was not taken on time, or the kernel counted its ticks late: moments are given as a range.</source>
        <translation>采样未按时进行，或内核计时偏晚：时刻以区间给出。</translation>
    </message>
    <message>
        <source>As many connections wait to be accepted as may: further ones are not taken until its program accepts some.</source>
        <translation>等待接受的连接已达上限：程序接受一些之前，不再接纳新连接。</translation>
    </message>
    <message>
        <source>Data waits in its receive queue and its program does not read it.</source>
        <translation>接收队列中有数据等待，而程序没有读取。</translation>
    </message>
    <message>
        <source>Every process that owns it is stopped or frozen: it reads and writes nothing until one continues.</source>
        <translation>占用它的所有进程都已停止或被冻结：在其中之一继续运行之前，不会读写任何数据。</translation>
    </message>
    <message>
        <source>The interface that it is bound to does not exist any more: nothing can be sent or received.</source>
        <translation>它所绑定的接口已不存在：无法收发任何数据。</translation>
    </message>
    <message>
        <source>tcp_info has {0} bytes, at least {1} were expected</source>
        <translation>tcp_info 有 {0} 字节，至少应有 {1} 字节</translation>
    </message>
    <message>
        <source>attribute {0} claims {1} bytes where {2} are left</source>
        <translation>属性 {0} 声称有 {1} 字节，而只剩 {2} 字节</translation>
    </message>
    <message>
        <source>a message of {0} bytes is shorter than inet_diag_msg ({1})</source>
        <translation>一条 {0} 字节的消息短于 inet_diag_msg（{1}）</translation>
    </message>
    <message>
        <source>address family {0} is neither IPv4 nor IPv6</source>
        <translation>地址族 {0} 既非 IPv4 也非 IPv6</translation>
    </message>
    <message>
        <source>The connection {0} had gone before it could be closed.</source>
        <translation>连接 {0} 在关闭之前已不存在。</translation>
    </message>
    <message>
        <source>The connection {0} was not closed: that takes an administrator (CAP_NET_ADMIN).</source>
        <translation>连接 {0} 未被关闭：这需要管理员（CAP_NET_ADMIN）。</translation>
    </message>
    <message>
        <source>The connection {0} was not closed: this kernel cannot end connections of programs (CONFIG_INET_DIAG_DESTROY is off).</source>
        <translation>连接 {0} 未被关闭：此内核无法结束程序的连接（CONFIG_INET_DIAG_DESTROY 未启用）。</translation>
    </message>
    <message>
        <source>The connection {0} was not closed: {1}.</source>
        <translation>连接 {0} 未被关闭：{1}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s answer could not be received: {0}.</source>
        <translation>无法接收内核的应答：{0}。</translation>
    </message>
    <message>
        <source>Ends of connections are not told to this program ({0}): a seccomp filter, SELinux or AppArmor forbids it. They are noticed with the next sample only.</source>
        <translation>连接的结束未告知本程序（{0}）：seccomp 过滤器、SELinux 或 AppArmor 禁止了它。只能在下一次采样时发现。</translation>
    </message>
    <message>
        <source>This kernel does not tell when connections end ({0}). It is noticed with the next sample only.</source>
        <translation>此内核不告知连接何时结束（{0}）。只能在下一次采样时发现。</translation>
    </message>
    <message>
        <source>No process can be made to list TCP sockets: {0}.</source>
        <translation>无法创建用于列出 TCP 套接字的进程：{0}。</translation>
    </message>
    <message>
        <source>The process that lists TCP sockets has ended.</source>
        <translation>列出 TCP 套接字的进程已结束。</translation>
    </message>
    <message>
        <source>The kernel had no memory to list all TCP sockets (ENOBUFS).</source>
        <translation>内核没有足够的内存来列出全部 TCP 套接字（ENOBUFS）。</translation>
    </message>
    <message>
        <source>The kernel closed the sock_diag socket.</source>
        <translation>内核关闭了 sock_diag 套接字。</translation>
    </message>
    <message>
        <source>A batch of the kernel did not fit into {0} bytes.</source>
        <translation>内核的一批数据超过了 {0} 字节。</translation>
    </message>
    <message>
        <source>The marks of sockets are told to those with CAP_NET_ADMIN only: run it with sudo.</source>
        <translation>套接字的标记只告知具有 CAP_NET_ADMIN 的程序：请用 sudo 运行。</translation>
    </message>
    <message>
        <source>This kernel cannot filter by control group: {0}</source>
        <translation>此内核无法按控制组筛选：{0}</translation>
    </message>
    <message>
        <source>There is no control group {0}: {1}.</source>
        <translation>没有控制组 {0}：{1}。</translation>
    </message>
    <message>
        <source>The status {0} of a netlink message is no error number.</source>
        <translation>netlink 消息的状态 {0} 不是错误号。</translation>
    </message>
    <message>
        <source>The kernel&apos;s error message is cut short.</source>
        <translation>内核的错误消息不完整。</translation>
    </message>
    <message>
        <source>{0} stray bytes where a message should start</source>
        <translation>消息应开始之处有 {0} 个多余字节</translation>
    </message>
    <message>
        <source>a message claims {0} bytes where {1} are left</source>
        <translation>一条消息声称有 {0} 字节，而只剩 {1} 字节</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>The kernel cannot list TCP sockets ({0}): its modules inet_diag and tcp_diag are missing. Try: sudo modprobe tcp_diag</source>
        <translation>内核无法列出 TCP 套接字（{0}）：缺少模块 inet_diag 和 tcp_diag。请尝试：sudo modprobe tcp_diag</translation>
    </message>
    <message>
        <source>This kernel does not know the request ({0}).</source>
        <translation>此内核不认识该请求（{0}）。</translation>
    </message>
    <message>
        <source>The kernel refused to list TCP sockets ({0}): a seccomp filter, SELinux or AppArmor forbids NETLINK_SOCK_DIAG to this program.</source>
        <translation>内核拒绝列出 TCP 套接字（{0}）：seccomp 过滤器、SELinux 或 AppArmor 禁止本程序使用 NETLINK_SOCK_DIAG。</translation>
    </message>
    <message>
        <source>Listing TCP sockets failed: {0}.</source>
        <translation>列出 TCP 套接字失败：{0}。</translation>
    </message>
    <message>
        <source>The kernel cannot be asked for that.</source>
        <translation>无法就此询问内核。</translation>
    </message>
    <message>
        <source>The kernel waits for a lock and lists no MPTCP sockets.</source>
        <translation>内核在等待锁，未列出 MPTCP 套接字。</translation>
    </message>
    <message>
        <source>The kernel waits for a lock and lists no TCP sockets.</source>
        <translation>内核在等待一把锁，没有列出 TCP 套接字。</translation>
    </message>
    <message>
        <source>The kernel&apos;s table changed while it was read: a connection may be missing or listed twice.</source>
        <translation>读取期间内核的连接表发生了变化：可能有连接缺失或重复列出。</translation>
    </message>
    <message>
        <source>No process lives in this network namespace.</source>
        <translation>此网络命名空间中没有进程。</translation>
    </message>
    <message>
        <source>Process {0} is gone, or lives in another network namespace.</source>
        <translation>进程 {0} 已不存在，或位于另一个网络命名空间。</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>无法读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>Process {0} has left the network namespace.</source>
        <translation>进程 {0} 已离开该网络命名空间。</translation>
    </message>
    <message>
        <source>Marks, control groups and bound ports of sockets in a network namespace of somebody else&apos;s are told to an administrator only.</source>
        <translation>他人网络命名空间中套接字的标记、控制组和已绑定的端口只告知管理员。</translation>
    </message>
    <message>
        <source>Reading the recording was called off.</source>
        <translation>已取消读取记录文件。</translation>
    </message>
    <message>
        <source>Cannot read the recording {0}: {1}.</source>
        <translation>无法读取记录文件 {0}：{1}。</translation>
    </message>
    <message>
        <source>This is not a recording of sock_diag messages: {0}</source>
        <translation>这不是 sock_diag 消息的记录文件：{0}</translation>
    </message>
    <message>
        <source>The recording is damaged at byte {0} ({1}); {2} sockets before it were read.</source>
        <translation>记录文件在第 {0} 字节处损坏（{1}）；已读取此前的 {2} 个套接字。</translation>
    </message>
    <message>
        <source>The recording is cut short: no end mark after byte {0}; {1} sockets were read.</source>
        <translation>记录文件不完整：第 {0} 字节之后没有结束标记；已读取 {1} 个套接字。</translation>
    </message>
    <message>
        <source>The recording does not tell the settings and the tick of its machine: the kernel&apos;s defaults are assumed.</source>
        <translation>记录文件未记录其机器的设置和时钟节拍：按内核默认值处理。</translation>
    </message>
    <message>
        <source>{0}: {1}.</source>
        <translation>{0}：{1}。</translation>
    </message>
    <message>
        <source>Cannot create {0}</source>
        <translation>无法创建 {0}</translation>
    </message>
    <message>
        <source>Cannot write {0}</source>
        <translation>无法写入 {0}</translation>
    </message>
    <message>
        <source>A recording tells no marks, no control groups and no bound ports.</source>
        <translation>记录文件中没有标记、控制组和已绑定的端口。</translation>
    </message>
    <message>
        <source>The network namespace {0} belongs to somebody else: only an administrator may enter it. Try it with sudo.</source>
        <translation>网络命名空间 {0} 属于他人：只有管理员可以进入。请用 sudo 重试。</translation>
    </message>
    <message>
        <source>The network namespace {0} cannot be entered: {1}.</source>
        <translation>无法进入网络命名空间 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} could not be examined</source>
        <translation>无法检查 {0}</translation>
    </message>
    <message>
        <source>{0} belongs to uid {1}, so nothing is kept there.</source>
        <translation>{0} 属于 uid {1}，因此不在其中保存任何内容。</translation>
    </message>
    <message>
        <source>{0} can be written by others (mode {1}), so nothing is kept there.</source>
        <translation>{0} 可被他人写入（模式 {1}），因此不在其中保存任何内容。</translation>
    </message>
    <message>
        <source>{0} is a link or not a directory, so nothing is kept there.</source>
        <translation>{0} 是链接或不是目录，因此不在其中保存任何内容。</translation>
    </message>
    <message>
        <source>{0} could not be opened</source>
        <translation>无法打开 {0}</translation>
    </message>
    <message>
        <source>{0} is a directory; it should be a file.</source>
        <translation>{0} 是目录；它应当是文件。</translation>
    </message>
    <message>
        <source>{0} could not be prepared</source>
        <translation>无法准备 {0}</translation>
    </message>
    <message>
        <source>{0} could not be written</source>
        <translation>无法写入 {0}</translation>
    </message>
    <message>
        <source>{0} could not be synced</source>
        <translation>无法同步 {0}</translation>
    </message>
    <message>
        <source>{0} could not be put in its place</source>
        <translation>无法将 {0} 放到位</translation>
    </message>
    <message>
        <source>{0} could not be removed</source>
        <translation>无法删除 {0}</translation>
    </message>
    <message>
        <source>{0} may not be read: {1}.</source>
        <translation>不允许读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>This kernel has no {0}.</source>
        <translation>此内核没有 {0}。</translation>
    </message>
    <message>
        <source>{0} could not be read: {1}. Is /proc mounted?</source>
        <translation>无法读取 {0}：{1}。/proc 是否已挂载？</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not one whole number.</source>
        <translation>“{0}”不是一个整数。</translation>
    </message>
    <message>
        <source>{0} could not be set to {1}: {2}.</source>
        <translation>无法将 {0} 设为 {1}：{2}。</translation>
    </message>
    <message>
        <source>{0} is only shown, never changed.</source>
        <translation>{0} 只显示，从不更改。</translation>
    </message>
    <message>
        <source>{0} was set to {1}, but {2} is in effect.</source>
        <translation>已将 {0} 设为 {1}，但生效的是 {2}。</translation>
    </message>
    <message>
        <source>Nobody answered at {0} in the laboratory.</source>
        <translation>实验室中 {0} 处无人应答。</translation>
    </message>
    <message>
        <source>The laboratory could not {0}: {1}.</source>
        <translation>实验室无法{0}：{1}。</translation>
    </message>
    <message>
        <source>open rtnetlink</source>
        <translation>打开 rtnetlink</translation>
    </message>
    <message>
        <source>make a pair of veth devices (is the kernel module veth missing?)</source>
        <translation>创建一对 veth 设备（是否缺少内核模块 veth？）</translation>
    </message>
    <message>
        <source>switch the device {0}</source>
        <translation>切换设备 {0}</translation>
    </message>
    <message>
        <source>The wire of the laboratory ({0}) stays without carrier.</source>
        <translation>实验室的线路（{0}）一直没有载波。</translation>
    </message>
    <message>
        <source>add {0} to {1}</source>
        <translation>将 {0} 添加到 {1}</translation>
    </message>
    <message>
        <source>The kernel does not serve {0}.</source>
        <translation>内核不为 {0} 提供服务。</translation>
    </message>
    <message>
        <source>take {0} from {1}</source>
        <translation>将 {0} 从 {1} 移除</translation>
    </message>
    <message>
        <source>remove {0}</source>
        <translation>移除 {0}</translation>
    </message>
    <message>
        <source>add a route to {0}</source>
        <translation>添加到 {0} 的路由</translation>
    </message>
    <message>
        <source>remove the route to {0}</source>
        <translation>移除到 {0} 的路由</translation>
    </message>
    <message>
        <source>refuse packets to {0}</source>
        <translation>拒绝发往 {0} 的数据包</translation>
    </message>
    <message>
        <source>add the neighbour {0}</source>
        <translation>添加邻居 {0}</translation>
    </message>
    <message>
        <source>have the neighbours of {0} asked for more often</source>
        <translation>更频繁地查询 {0} 的邻居</translation>
    </message>
    <message>
        <source>give {0} a queue of its own</source>
        <translation>为 {0} 设置自己的队列</translation>
    </message>
    <message>
        <source>no more namespaces are allowed here: raise user.max_user_namespaces and user.max_net_namespaces (sysctl)</source>
        <translation>这里不允许更多命名空间：请调高 user.max_user_namespaces 和 user.max_net_namespaces（sysctl）</translation>
    </message>
    <message>
        <source>user namespaces are switched off for ordinary users: set kernel.unprivileged_userns_clone to 1 (sysctl)</source>
        <translation>已对普通用户关闭用户命名空间：请将 kernel.unprivileged_userns_clone 设为 1（sysctl）</translation>
    </message>
    <message>
        <source>AppArmor restricts user namespaces: set kernel.apparmor_restrict_unprivileged_userns to 0 (sysctl) or give this program a profile that allows userns</source>
        <translation>AppArmor 限制用户命名空间：请将 kernel.apparmor_restrict_unprivileged_userns 设为 0（sysctl），或为本程序提供允许 userns 的配置</translation>
    </message>
    <message>
        <source>a sandbox, a container or a security policy forbids them</source>
        <translation>沙箱、容器或安全策略禁止使用它们</translation>
    </message>
    <message>
        <source>The laboratory needs {0}, but {1}: this kernel has none, or the process has several threads.</source>
        <translation>实验室需要{0}，但 {1}：此内核没有，或进程有多个线程。</translation>
    </message>
    <message>
        <source>The laboratory needs {0}, but {1}; {2}. Or start it as root.</source>
        <translation>实验室需要{0}，但 {1}；{2}。也可以用 root 启动。</translation>
    </message>
    <message>
        <source>a user namespace</source>
        <translation>用户命名空间</translation>
    </message>
    <message>
        <source>a user namespace of its own (setgroups)</source>
        <translation>自己的用户命名空间（setgroups）</translation>
    </message>
    <message>
        <source>a user namespace of its own (uid_map)</source>
        <translation>自己的用户命名空间（uid_map）</translation>
    </message>
    <message>
        <source>a user namespace of its own (gid_map)</source>
        <translation>自己的用户命名空间（gid_map）</translation>
    </message>
    <message>
        <source>The network namespace of this process could not be opened (/proc/thread-self/ns/net): {0}.</source>
        <translation>无法打开本进程的网络命名空间（/proc/thread-self/ns/net）：{0}。</translation>
    </message>
    <message>
        <source>The network namespace {0} could not be entered: {1}.</source>
        <translation>无法进入网络命名空间 {0}：{1}。</translation>
    </message>
    <message>
        <source>a network namespace</source>
        <translation>网络命名空间</translation>
    </message>
    <message>
        <source>The capabilities could not be read: {0}.</source>
        <translation>无法读取权能：{0}。</translation>
    </message>
    <message>
        <source>The capabilities could not be kept: {0}.</source>
        <translation>无法保留权能：{0}。</translation>
    </message>
    <message>
        <source>The laboratory could not be populated: no socket pair could be made.</source>
        <translation>无法布置实验室：无法创建套接字对。</translation>
    </message>
    <message>
        <source>The laboratory could not be populated: no process could be made.</source>
        <translation>无法布置实验室：无法创建进程。</translation>
    </message>
    <message>
        <source>The laboratory could not be populated: its far host did not start.</source>
        <translation>无法布置实验室：其远端主机未能启动。</translation>
    </message>
    <message>
        <source>The kernel refuses {0} = {1}: {2}.</source>
        <translation>内核拒绝 {0} = {1}：{2}。</translation>
    </message>
    <message>
        <source>Listening at {0} failed</source>
        <translation>在 {0} 监听失败</translation>
    </message>
    <message>
        <source>Connecting to {0} failed</source>
        <translation>连接 {0} 失败</translation>
    </message>
    <message>
        <source>{0} = {1} is outside {2}..{3}.</source>
        <translation>{0} = {1} 超出 {2}..{3}。</translation>
    </message>
    <message>
        <source>Its owner is a process of another user, or one that is protected from its own; reading which takes root.</source>
        <translation>由其他用户的进程占用，或由受保护而不向本用户开放的进程占用；只有 root 能看到是哪个进程。</translation>
    </message>
    <message>
        <source>No process holds it any more: the kernel finishes it alone.</source>
        <translation>已没有进程占用：由内核独自收尾。</translation>
    </message>
    <message>
        <source>No process holds it yet: it waits for its listener to accept it.</source>
        <translation>还没有进程占用：它正等待监听套接字接受。</translation>
    </message>
    <message>
        <source>Its owner was not looked up.</source>
        <translation>未查找占用它的进程。</translation>
    </message>
    <message>
        <source>None of the processes that may be looked into holds it: another user&apos;s does, or a protected one, or it is on its way between two processes; root can tell.</source>
        <translation>可查看的进程都不占用它：它由其他用户的进程或受保护的进程占用，或正在两个进程之间传递；root 可以查明。</translation>
    </message>
    <message>
        <source>Reading which process holds it takes CAP_SYS_PTRACE, which root does not have here (as in most containers).</source>
        <translation>读取由哪个进程占用它需要 CAP_SYS_PTRACE，而此处的 root 没有该权能（多数容器如此）。</translation>
    </message>
    <message>
        <source>None of the processes that may be looked into holds it, and some may not be looked into here, not even by root: a security module or another user namespace stands in the way.</source>
        <translation>可查看的进程都不占用它，而有些进程在此连 root 也不能查看：受安全模块或另一个用户命名空间阻挡。</translation>
    </message>
    <message>
        <source>Its user does not exist in this user namespace (and is shown as nobody): only from outside of it can be told which process holds it.</source>
        <translation>它的用户在此用户命名空间中不存在（显示为 nobody）：只有从该命名空间之外才能得知由哪个进程占用。</translation>
    </message>
    <message>
        <source>Its owner was not looked up: Halfopen had no file descriptor left for that (ulimit -n).</source>
        <translation>未查找由谁占用：Halfopen 已没有可用的文件描述符（ulimit -n）。</translation>
    </message>
    <message>
        <source>Its owner was not looked up: no /proc is mounted here.</source>
        <translation>未查找由谁占用：此处没有挂载 /proc。</translation>
    </message>
    <message>
        <source>Its owner was not looked up: /proc shows only some of the processes here (hidepid).</source>
        <translation>未查找由谁占用：此处的 /proc 只显示部分进程（hidepid）。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>The socket belongs to another user&apos;s process, which only root may look into.</source>
        <translation>该套接字属于其他用户的进程，只有 root 才能查看。</translation>
    </message>
    <message>
        <source>The process that holds the socket is protected from its own user (not dumpable); only root may look into it.</source>
        <translation>占用该套接字的进程对其所属用户也受保护（不可转储）；只有 root 才能查看。</translation>
    </message>
    <message>
        <source>This system lets no process look into another one (kernel.yama.ptrace_scope); it takes root, or kernel.yama.ptrace_scope=0.</source>
        <translation>本系统不允许进程查看其他进程（kernel.yama.ptrace_scope）；需要 root，或设置 kernel.yama.ptrace_scope=0。</translation>
    </message>
    <message>
        <source>The kernel refused to hand over the descriptor; a seccomp filter or a security module stands in the way.</source>
        <translation>内核拒绝交出描述符；seccomp 过滤器或安全模块阻止了它。</translation>
    </message>
    <message>
        <source>The process has ended or has closed the descriptor meanwhile.</source>
        <translation>进程已结束，或已在此期间关闭了该描述符。</translation>
    </message>
    <message>
        <source>The descriptor belongs to something else by now.</source>
        <translation>该描述符现已属于其他对象。</translation>
    </message>
    <message>
        <source>Halfopen has no file descriptor left (ulimit -n).</source>
        <translation>Halfopen 的文件描述符已用尽（ulimit -n）。</translation>
    </message>
    <message>
        <source>The socket refused to tell or to take its options.</source>
        <translation>套接字拒绝给出或接受选项。</translation>
    </message>
    <message>
        <source>The socket is a listener; Halfopen closes connections only.</source>
        <translation>该套接字是监听套接字；Halfopen 只关闭连接。</translation>
    </message>
    <message>
        <source>A thread of the program waits on the connection just now, and this kernel closes it then only for an administrator.</source>
        <translation>程序的一个线程此刻正在该连接上等待，此时此内核只允许管理员关闭它。</translation>
    </message>
    <message>
        <source>Looking into the process that holds the socket takes CAP_SYS_PTRACE, which root does not have here (as in most containers).</source>
        <translation>查看占用该套接字的进程需要 CAP_SYS_PTRACE，而此处的 root 没有该权能（多数容器如此）。</translation>
    </message>
    <message>
        <source>The process that holds the socket belongs to a user that does not exist in this user namespace; only from outside of it can be looked into that process.</source>
        <translation>占用该套接字的进程属于此用户命名空间中不存在的用户；只有从该命名空间之外才能查看该进程。</translation>
    </message>
    <message>
        <source>An io_uring of the program holds the socket, and no descriptor does: there is nothing through which it could be reached.</source>
        <translation>该套接字由程序的 io_uring 占用，没有任何描述符：无从访问它。</translation>
    </message>
    <message>
        <source>This kernel cannot hand over the descriptors of other processes (pidfd_getfd, since Linux 5.6).</source>
        <translation>此内核无法交出其他进程的描述符（pidfd_getfd，自 Linux 5.6 起）。</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>操作不允许</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有那个文件或目录</translation>
    </message>
    <message>
        <source>No such process</source>
        <translation>没有那个进程</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>无法分配内存</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源忙</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>无效的参数</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>只读文件系统</translation>
    </message>
    <message>
        <source>Function not implemented</source>
        <translation>函数未实现</translation>
    </message>
    <message>
        <source>Operation not supported</source>
        <translation>不支持该操作</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>地址已在使用</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>无法指定所请求的地址</translation>
    </message>
    <message>
        <source>Unknown error {0}</source>
        <translation>未知错误 {0}</translation>
    </message>
    <message>
        <source>0 resets healthy connections before the peer can answer a probe.</source>
        <translation>0 会在对端来得及应答探测之前重置正常的连接。</translation>
    </message>
    <message>
        <source>0 resets every idle connection that has keepalive on, healthy or not, after tcp_keepalive_time.</source>
        <translation>0 会在 tcp_keepalive_time 之后重置每个启用了保活的空闲连接，无论其是否正常。</translation>
    </message>
    <message>
        <source>The network namespace {0} is gone.</source>
        <translation>网络命名空间 {0} 已不存在。</translation>
    </message>
    <message>
        <source>A socket is locked by its program, which waits in a system call: until it goes on, the kernel tells no details (tcp_info) of any connection.</source>
        <translation>有一个套接字被其程序锁住，该程序停在系统调用中：在它继续之前，内核不给出任何连接的细节（tcp_info）。</translation>
    </message>
    <message>
        <source>The socket {0} - {1} ({2}) is locked by its program, which waits in a system call: until it goes on, the kernel tells no details (tcp_info) of any connection.</source>
        <translation>套接字 {0} - {1}（{2}）被其程序锁住，该程序停在系统调用中：在它继续之前，内核不给出任何连接的细节（tcp_info）。</translation>
    </message>
    <message>
        <source>Some sockets belong to other users: only an administrator can read to which processes, and with which options.</source>
        <translation>有些套接字属于其他用户：由哪些进程占用、选项如何，只有管理员才能读取。</translation>
    </message>
    <message>
        <source>Some sockets are told without their processes.</source>
        <translation>有些套接字未显示其进程。</translation>
    </message>
    <message>
        <source>Some settings could not be read, so the kernel&apos;s default is assumed: {0}.</source>
        <translation>部分设置无法读取，因此按内核默认值处理：{0}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s tick is being measured; until then moments are told as earliest to latest.</source>
        <translation>正在测量内核的时钟节拍；在此之前，时刻以最早至最晚的区间表示。</translation>
    </message>
    <message>
        <source>The kernel&apos;s tick is not known: moments are told as earliest to latest.</source>
        <translation>内核的时钟节拍未知：时刻以最早至最晚的区间表示。</translation>
    </message>
    <message>
        <source>Shown as anybody may see them, without cookies, round trips, settings and ends: the connections of {0}. An administrator sees everything.</source>
        <translation>以任何人可见的方式显示（没有 cookie、往返时间、设置和结束）：{0} 的连接。管理员可看到全部。</translation>
    </message>
    <message>
        <source>{0} cannot be looked at: {1}.</source>
        <translation>无法查看 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} is no network namespace.</source>
        <translation>{0} 不是网络命名空间。</translation>
    </message>
    <message>
        <source>This kernel tells of no network namespaces (/proc/self/ns/net), or /proc is not mounted.</source>
        <translation>此内核不提供网络命名空间（/proc/self/ns/net），或 /proc 未挂载。</translation>
    </message>
    <message>
        <source>There is no network namespace {0}. There are: {1}.</source>
        <translation>没有网络命名空间 {0}。现有：{1}。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; has no id, no English name or no source.</source>
        <translation>预设“{0}”没有 id、英文名称或来源。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; has no idle timeout.</source>
        <translation>预设“{0}”没有空闲超时。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; is of layer {1}; 4 and 7 are known.</source>
        <translation>预设“{0}”属于第 {1} 层；已知的是第 4 层和第 7 层。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; was checked on &quot;{1}&quot;, which is no day.</source>
        <translation>预设“{0}”的核实日期“{1}”不是日期。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; proposes values for layer 7, or none for layer 4.</source>
        <translation>预设“{0}”为第 7 层给出了建议值，或没有为第 4 层给出。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; proposes what is never offered: {1}</source>
        <translation>预设“{0}”建议了从不提供的值：{1}</translation>
    </message>
    <message>
        <source>The presets are of another schema than 1.</source>
        <translation>预设的格式版本不是 1。</translation>
    </message>
    <message>
        <source>The preset &quot;{0}&quot; is told twice.</source>
        <translation>预设“{0}”出现了两次。</translation>
    </message>
    <message>
        <source>The presets could not be read: {0}</source>
        <translation>无法读取预设：{0}</translation>
    </message>
    <message>
        <source>The helper ended before it answered; look at the values before you try again.</source>
        <translation>辅助程序在应答之前已结束；请先查看当前的值，再重试。</translation>
    </message>
    <message>
        <source>The helper is of another version than this program; install both from one package.</source>
        <translation>辅助程序与本程序的版本不同；请从同一个软件包安装两者。</translation>
    </message>
    <message>
        <source>The helper could not be asked: {0} ({1}).</source>
        <translation>无法请求辅助程序：{0}（{1}）。</translation>
    </message>
    <message>
        <source>Withdrawn.</source>
        <translation>已撤回。</translation>
    </message>
    <message>
        <source>It was called off.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>This needs an administrator&apos;s authentication.</source>
        <translation>这需要管理员认证。</translation>
    </message>
    <message>
        <source>The authentication dialog was dismissed.</source>
        <translation>认证对话框已被关闭。</translation>
    </message>
    <message>
        <source>The policy of this machine does not allow it, or the authentication failed.</source>
        <translation>本机的策略不允许，或认证失败。</translation>
    </message>
    <message>
        <source>polkit did not answer: it is not installed, not running, or does not know Halfopen&apos;s actions.</source>
        <translation>polkit 没有应答：它未安装、未运行，或不认识 Halfopen 的操作。</translation>
    </message>
    <message>
        <source>The working directory could not be left</source>
        <translation>无法离开工作目录</translation>
    </message>
    <message>
        <source>New privileges could not be forbidden</source>
        <translation>无法禁止获得新的特权</translation>
    </message>
    <message>
        <source>Core dumps could not be forbidden</source>
        <translation>无法禁止核心转储</translation>
    </message>
    <message>
        <source>The supplementary groups could not be left</source>
        <translation>无法离开附加组</translation>
    </message>
    <message>
        <source>The bounding set could not be made smaller</source>
        <translation>无法缩小权能边界集</translation>
    </message>
    <message>
        <source>The ambient set could not be cleared</source>
        <translation>无法清空环境权能集</translation>
    </message>
    <message>
        <source>The capabilities could not be read</source>
        <translation>无法读取权能</translation>
    </message>
    <message>
        <source>The capabilities could not be dropped</source>
        <translation>无法放弃权能</translation>
    </message>
    <message>
        <source>A trial takes 1 to {0} s, not {1} s.</source>
        <translation>试用时长为 1 到 {0} 秒，而非 {1} 秒。</translation>
    </message>
    <message>
        <source>Too many requests wait for their answer already; try again later.</source>
        <translation>已有过多请求在等待应答；请稍后重试。</translation>
    </message>
    <message>
        <source>Too many requests of this user wait already, or were refused of late; try again later.</source>
        <translation>该用户已有过多请求在等待，或最近被拒绝；请稍后重试。</translation>
    </message>
    <message>
        <source>The kernel holds up what was asked for before this; try again later.</source>
        <translation>内核正拖住此前的请求；请稍后重试。</translation>
    </message>
    <message>
        <source>keepalive takes 0, 1, or -1 to leave it.</source>
        <translation>keepalive 取 0、1，或以 -1 保持不变。</translation>
    </message>
    <message>
        <source>a value is missing after {0}</source>
        <translation>{0} 后缺少值</translation>
    </message>
    <message>
        <source>a port is missing after {0}</source>
        <translation>{0} 后缺少端口</translation>
    </message>
    <message>
        <source>an address is missing after {0}</source>
        <translation>{0} 后缺少地址</translation>
    </message>
    <message>
        <source>a state is missing after {0}</source>
        <translation>{0} 后缺少状态</translation>
    </message>
    <message>
        <source>a duration is missing after {0}</source>
        <translation>{0} 后缺少时长</translation>
    </message>
    <message>
        <source>a number is missing after {0}</source>
        <translation>{0} 后缺少数值</translation>
    </message>
    <message>
        <source>a condition is missing after {0}</source>
        <translation>{0} 后缺少条件</translation>
    </message>
    <message>
        <source>{0} cannot stand here</source>
        <translation>此处不能出现 {0}</translation>
    </message>
    <message>
        <source>this parenthesis is not closed</source>
        <translation>此括号没有闭合</translation>
    </message>
    <message>
        <source>this parenthesis closes none</source>
        <translation>此括号没有对应的左括号</translation>
    </message>
    <message>
        <source>this quotation mark has no second one</source>
        <translation>此引号没有闭合</translation>
    </message>
    <message>
        <source>there is no key &apos;{0}&apos;</source>
        <translation>没有名为“{0}”的键</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is none of its words</source>
        <translation>“{0}”不是可用的取值</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no port and no service</source>
        <translation>“{0}”不是端口，也不是服务名</translation>
    </message>
    <message>
        <source>{0} is no port: ports end at 65535</source>
        <translation>{0} 不是端口：端口最大为 65535</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no address</source>
        <translation>“{0}”不是地址</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no length of a prefix of this address</source>
        <translation>“{0}”不是此地址的有效前缀长度</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no number</source>
        <translation>“{0}”不是数值</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no duration</source>
        <translation>“{0}”不是时长</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no number of bytes</source>
        <translation>“{0}”不是字节数</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no socket cookie in hex</source>
        <translation>“{0}”不是十六进制的套接字 cookie</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no mark</source>
        <translation>“{0}”不是有效的标记</translation>
    </message>
    <message>
        <source>{0} has no greater and no less</source>
        <translation>{0} 不能比较大小</translation>
    </message>
    <message>
        <source>sockets of the family {0} are not shown here, only TCP</source>
        <translation>此处只显示 TCP，不显示 {0} 套接字</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no address and no known host</source>
        <translation>“{0}”不是地址，也不是已知的主机名</translation>
    </message>
    <message>
        <source>there is no control group &apos;{0}&apos;</source>
        <translation>没有控制组“{0}”</translation>
    </message>
    <message>
        <source>too many parentheses are open</source>
        <translation>括号嵌套过深</translation>
    </message>
    <message>
        <source>the filter is too long</source>
        <translation>筛选条件过长</translation>
    </message>
    <message>
        <source>{0}, for example  {1}</source>
        <translation>{0}，例如  {1}</translation>
    </message>
    <message>
        <source>{0}; did you mean {1}?</source>
        <translation>{0}；是否想输入 {1}？</translation>
    </message>
    <message>
        <source>No connection has &apos;{0}&apos; anywhere.</source>
        <translation>没有任何连接含有“{0}”。</translation>
    </message>
    <message>
        <source>No connection has &apos;{0}&apos; anywhere; did you mean {1}?</source>
        <translation>没有任何连接含有“{0}”；是否想输入 {1}？</translation>
    </message>
    <message>
        <source>No connection has &apos;{0}&apos; anywhere; did you mean {1} ({2})?</source>
        <translation>没有任何连接含有“{0}”；是否想输入 {1}（{2}）？</translation>
    </message>
    <message>
        <source>{0} could not be set to {1} in that network namespace: {2}.</source>
        <translation>在该网络命名空间中无法将 {0} 设为 {1}：{2}。</translation>
    </message>
    <message>
        <source>{0} cannot be read in that network namespace any more.</source>
        <translation>在该网络命名空间中已无法读取 {0}。</translation>
    </message>
    <message>
        <source>This network namespace is gone.</source>
        <translation>此网络命名空间已不存在。</translation>
    </message>
    <message>
        <source>Nothing can be kept for a network namespace that is made anew each time.</source>
        <translation>每次重新创建的网络命名空间无法永久保留任何值。</translation>
    </message>
    <message>
        <source>Values are tried out in this program&apos;s own network namespace only.</source>
        <translation>只能在本程序自身的网络命名空间中试用设置。</translation>
    </message>
    <message>
        <source>a record of {0} bytes is shorter than {1}</source>
        <translation>一条 {0} 字节的记录短于 {1}</translation>
    </message>
    <message>
        <source>a record is of version {0}, and this program knows version {1}</source>
        <translation>一条记录的版本是 {0}，而本程序认识的是版本 {1}</translation>
    </message>
    <message>
        <source>a record is of the unknown kind {0}</source>
        <translation>一条记录属于未知的种类 {0}</translation>
    </message>
    <message>
        <source>This kernel tells nothing of its own structures: it has no BTF (/sys/kernel/btf/vmlinux).</source>
        <translation>此内核不告知自己的结构：它没有 BTF（/sys/kernel/btf/vmlinux）。</translation>
    </message>
    <message>
        <source>The kernel lets this process load no BPF programs: {0}.</source>
        <translation>内核不让本进程加载 BPF 程序：{0}。</translation>
    </message>
    <message>
        <source>This kernel cannot run the programs that read sockets exactly (5.15 can): {0}.</source>
        <translation>此内核不能运行精确读取套接字的程序（5.15 可以）：{0}。</translation>
    </message>
    <message>
        <source>This program was built without BPF.</source>
        <translation>本程序构建时没有 BPF。</translation>
    </message>
    <message>
        <source>The kernel told of another network namespace.</source>
        <translation>内核说的是另一个网络命名空间。</translation>
    </message>
    <message>
        <source>The kernel&apos;s list of its sockets has no end.</source>
        <translation>内核给出的套接字列表没有结尾。</translation>
    </message>
    <message>
        <source>The kernel does not let its sockets be read exactly: {0}.</source>
        <translation>内核不让精确读取它的套接字：{0}。</translation>
    </message>
    <message>
        <source>The kernel does not list the sockets that are only bound.</source>
        <translation>内核不列出只绑定了地址的套接字。</translation>
    </message>
    <message>
        <source>The kernel does not tell exactly who owns its sockets: {0}.</source>
        <translation>内核不精确告知谁占用它的套接字：{0}。</translation>
    </message>
    <message>
        <source>{0} could not be read: {1}.</source>
        <translation>无法读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} is not a plain one that root alone can write to, so it is not heeded.</source>
        <translation>{0} 不是只有 root 能写入的普通文件或目录，因此不予采用。</translation>
    </message>
    <message>
        <source>Line {0} of {1} is no rule, or one of a unit that has one already.</source>
        <translation>{1} 的第 {0} 行不是规则，或其单元已有规则。</translation>
    </message>
    <message>
        <source>{0} could not be opened: {1}.</source>
        <translation>无法打开 {0}：{1}。</translation>
    </message>
    <message>
        <source>There is no cgroup2 file system here, by whose directories units are known.</source>
        <translation>这里没有 cgroup2 文件系统，无法由其目录识别单元。</translation>
    </message>
    <message>
        <source>No BPF file system is mounted at {0}, where the guard is kept.</source>
        <translation>{0} 处没有挂载 BPF 文件系统，而保护程序保存在那里。</translation>
    </message>
    <message>
        <source>There are {0} rules already, and no more can be.</source>
        <translation>已有 {0} 条规则，不能再多。</translation>
    </message>
    <message>
        <source>The kernel did not take the rule</source>
        <translation>内核没有接受该规则</translation>
    </message>
    <message>
        <source>This kernel cannot run the program that guards connections (5.15 can, unless it is locked down): {0}.</source>
        <translation>此内核不能运行保护连接的程序（5.15 可以，除非内核被锁定）：{0}。</translation>
    </message>
    <message>
        <source>Another program is attached to {0} that suffers none beside it.</source>
        <translation>{0} 上已附加了另一个不容许其他程序并存的程序。</translation>
    </message>
    <message>
        <source>The guard could not be attached to {0}</source>
        <translation>无法将保护程序附加到 {0}</translation>
    </message>
    <message>
        <source>The guard could not be kept</source>
        <translation>无法保存保护程序</translation>
    </message>
    <message>
        <source>The kernel did not forget the rule</source>
        <translation>内核没有删除该规则</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no name of a unit or a control group: it has at most {1} letters, digits, backslashes and : - _ . @ +, and no two dots in a row.</source>
        <translation>“{0}”不是单元或控制组的名称：名称最多有 {1} 个字母、数字、反斜杠和 : - _ . @ +，且不含连续两个点。</translation>
    </message>
    <message>
        <source>due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不放弃</translation>
    </message>
    <message>
        <source>{0} to {1} ended {2} ago ({3}), but {4} still has it open.</source>
        <translation>{0} 到 {1} 的连接已于 {2}前结束（{3}），但 {4} 仍占用着它。</translation>
    </message>
    <message>
        <source>{0} had ended before Halfopen looked (its peer is not known), but {1} still has it open.</source>
        <translation>{0} 在 Halfopen 查看之前就已结束（对端未知），但 {1} 仍占用着它。</translation>
    </message>
    <message>
        <source>{0} had ended before Halfopen looked (its peer, no longer known, was last heard {1} ago), but {2} still has it open.</source>
        <translation>{0} 在 Halfopen 查看之前就已结束（对端已不可知，最近响应在 {1}前），但 {2} 仍占用着它。</translation>
    </message>
    <message>
        <source>{0} to {1} had ended before Halfopen looked (its peer was last heard {2} ago), but {3} still has it open.</source>
        <translation>{0} 到 {1} 的连接在 Halfopen 查看之前就已结束（对端最近响应在 {2}前），但 {3} 仍占用着它。</translation>
    </message>
    <message>
        <source>&gt; 49 d</source>
        <translation>超过 49 天</translation>
    </message>
    <message>
        <source>{0}.{1} s</source>
        <translation>{0}.{1} 秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>in {0} or any time later</source>
        <translation>{0}后或更晚的任何时候</translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation>{0}后</translation>
    </message>
    <message>
        <source>{0} probe</source>
        <translation>{0} 次探测</translation>
    </message>
    <message>
        <source>{0} probes</source>
        <translation>{0} 次探测</translation>
    </message>
    <message>
        <source>{0} window probe</source>
        <translation>{0} 次零窗口探测</translation>
    </message>
    <message>
        <source>{0} window probes</source>
        <translation>{0} 次零窗口探测</translation>
    </message>
    <message>
        <source>{0} retransmission</source>
        <translation>{0} 次重传</translation>
    </message>
    <message>
        <source>{0} retransmissions</source>
        <translation>{0} 次重传</translation>
    </message>
    <message>
        <source>{0} opening segment</source>
        <translation>{0} 个 SYN 报文</translation>
    </message>
    <message>
        <source>{0} opening segments</source>
        <translation>{0} 个 SYN 报文</translation>
    </message>
    <message>
        <source>{0} unanswered</source>
        <translation>{0}未应答</translation>
    </message>
    <message>
        <source>{0} of {1} unanswered</source>
        <translation>{1}中 {0} 次未应答</translation>
    </message>
    <message>
        <source>seen in {0}: the peer&apos;s FIN came first</source>
        <translation>曾处于 {0}：对端的 FIN 先到</translation>
    </message>
    <message>
        <source>seen in {0}: this side&apos;s FIN went first</source>
        <translation>曾处于 {0}：本端的 FIN 先发出</translation>
    </message>
    <message>
        <source>last seen in {0}</source>
        <translation>最后处于 {0}</translation>
    </message>
    <message>
        <source>nothing was unanswered</source>
        <translation>没有未应答的报文</translation>
    </message>
    <message>
        <source>it vanished when the forecast said that the kernel would give it up</source>
        <translation>在预测内核将放弃的时刻消失</translation>
    </message>
    <message>
        <source>the kernel reported no end: the program still has its descriptor</source>
        <translation>内核未报告结束：程序仍占用其描述符</translation>
    </message>
    <message>
        <source>the byte counts prove that the peer&apos;s FIN came</source>
        <translation>字节计数证明对端的 FIN 已到达</translation>
    </message>
    <message>
        <source>the byte counts prove that the peer acknowledged this side&apos;s FIN</source>
        <translation>字节计数证明对端确认了本端的 FIN</translation>
    </message>
    <message>
        <source>the byte counts prove that no FIN of the peer came</source>
        <translation>字节计数证明对端的 FIN 没有到达</translation>
    </message>
    <message>
        <source>the byte counts prove that no FIN of this side was acknowledged</source>
        <translation>字节计数证明本端的 FIN 没有被确认</translation>
    </message>
    <message>
        <source>payload moved after the last sample, so the byte counts prove nothing</source>
        <translation>最后一次采样后仍有数据传输，因此字节计数不能证明什么</translation>
    </message>
    <message>
        <source>it lived between two samples: only its end was reported</source>
        <translation>它只存在于两次采样之间：仅得知其结束</translation>
    </message>
    <message>
        <source>nothing came from the peer after the last sample</source>
        <translation>最后一次采样后对端没有发来任何东西</translation>
    </message>
    <message>
        <source>a segment came that acknowledged nothing, as an RST does</source>
        <translation>收到一个未确认任何数据的报文，如同 RST</translation>
    </message>
    <message>
        <source>its own program threw it away without closing in order, or never got it open</source>
        <translation>程序异常关闭（未正常 close），或从未建立成功</translation>
    </message>
    <message>
        <source>Halfopen was asked to close it</source>
        <translation>曾请求 Halfopen 关闭它</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} 毫秒</translation>
    </message>
    <message>
        <source>forecast {0} before, within {1}</source>
        <translation>提前 {0}预测，误差区间 {1}</translation>
    </message>
    <message>
        <source>forecast {0} before, {1} off</source>
        <translation>提前 {0}预测，误差 {1}</translation>
    </message>
    <message>
        <source>forecast {0} before, between the two samples around it</source>
        <translation>提前 {0}预测，发生在前后两次采样之间</translation>
    </message>
    <message>
        <source>noticed {0} after the last sign of life</source>
        <translation>最近响应后 {0}判定</translation>
    </message>
    <message>
        <source>the kernel would not have given it up for another {0}</source>
        <translation>内核本来还要 {0} 才会放弃</translation>
    </message>
    <message>
        <source>the kernel reported its end, with {0} and {1} unanswered</source>
        <translation>内核报告了它的结束，当时 {0}、{1}未应答</translation>
    </message>
    <message>
        <source>events of the kernel were lost in the meantime ({0} time)</source>
        <translation>其间内核事件丢失了 {0} 次</translation>
    </message>
    <message>
        <source>events of the kernel were lost in the meantime ({0} times)</source>
        <translation>其间内核事件丢失了 {0} 次</translation>
    </message>
    <message>
        <source>excused: {0}</source>
        <translation>可谅解：{0}</translation>
    </message>
    <message>
        <source>something came between</source>
        <translation>其间发生了别的事</translation>
    </message>
    <message>
        <source>came {0} early: broken</source>
        <translation>早了 {0}：未兑现</translation>
    </message>
    <message>
        <source>came {0} late: broken</source>
        <translation>晚了 {0}：未兑现</translation>
    </message>
    <message>
        <source>likely {0}</source>
        <translation>很可能是{0}</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 等另外 {1} 个进程</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Owned by {0}.</source>
        <translation>所属进程：{0}。</translation>
    </message>
    <message>
        <source>{0} is a listener; {1} connections wait to be accepted (backlog {2}).</source>
        <translation>{0} 是监听套接字；有 {1} 个连接等待接受（backlog 为 {2}）。</translation>
    </message>
    <message>
        <source>{0} is bound: neither listening nor connected.</source>
        <translation>{0} 已绑定：既未监听也未连接。</translation>
    </message>
    <message>
        <source>{0} is bound: neither listening nor connected, owned by user {1}.</source>
        <translation>{0} 已绑定：既未监听也未连接，属于用户 {1}。</translation>
    </message>
    <message>
        <source>{0} to {1} is {2}.</source>
        <translation>{0} 到 {1} 的连接处于 {2}。</translation>
    </message>
    <message>
        <source>{0} to {1} is {2}, owned by user {3}.</source>
        <translation>{0} 到 {1} 的连接处于 {2}，属于用户 {3}。</translation>
    </message>
    <message>
        <source>It lives in the network namespace {0} and is told as anybody may see it: without tcp_info, and with the kernel&apos;s default settings assumed.</source>
        <translation>它位于网络命名空间 {0}，以任何人可见的方式显示：没有 tcp_info，设置按内核默认值处理。</translation>
    </message>
    <message>
        <source>It lives in the network namespace {0}.</source>
        <translation>它位于网络命名空间 {0}。</translation>
    </message>
    <message>
        <source>is due</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>The kernel&apos;s retransmission timer {0}; {1} retransmissions went unanswered.</source>
        <translation>内核的重传定时器{0}；{1} 次重传未应答。</translation>
    </message>
    <message>
        <source>The kernel&apos;s MPTCP close timer {0}.</source>
        <translation>内核的 MPTCP 关闭定时器{0}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s FIN-WAIT-2 timer {0}.</source>
        <translation>内核的 FIN-WAIT-2 定时器{0}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s keepalive timer {0}.</source>
        <translation>内核的保活定时器{0}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s TIME-WAIT timer {0}.</source>
        <translation>内核的 TIME-WAIT 定时器{0}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s window probe timer {0}; {1} probes went unanswered.</source>
        <translation>内核的零窗口探测定时器{0}；{1} 次探测未应答。</translation>
    </message>
    <message>
        <source>No timer of the kernel is running for it.</source>
        <translation>内核没有为它运行任何定时器。</translation>
    </message>
    <message>
        <source>Keepalive is on ({0})</source>
        <translation>保活已开启（{0}）</translation>
    </message>
    <message>
        <source>Keepalive is off ({0})</source>
        <translation>保活已关闭（{0}）</translation>
    </message>
    <message>
        <source>Keepalive is unknown ({0})</source>
        <translation>保活是否开启未知（{0}）</translation>
    </message>
    <message>
        <source>idle {0} s ({1})</source>
        <translation>空闲时间 {0} 秒（{1}）</translation>
    </message>
    <message>
        <source>interval {0} s ({1})</source>
        <translation>间隔 {0} 秒（{1}）</translation>
    </message>
    <message>
        <source>probes {0} ({1})</source>
        <translation>探测 {0} 次（{1}）</translation>
    </message>
    <message>
        <source>user timeout {0} ({1})</source>
        <translation>用户超时：{0}（{1}）</translation>
    </message>
    <message>
        <source>{0}.</source>
        <translation>{0}。</translation>
    </message>
    <message>
        <source>The next keepalive probe goes out {0}.</source>
        <translation>下一次保活探测将在 {0}发出。</translation>
    </message>
    <message>
        <source>The next retransmission goes out {0}.</source>
        <translation>下一次重传将在 {0}发出。</translation>
    </message>
    <message>
        <source>The next window probe goes out {0}.</source>
        <translation>下一次零窗口探测将在 {0}发出。</translation>
    </message>
    <message>
        <source>The next SYN goes out {0}.</source>
        <translation>下一个 SYN 将在 {0}发出。</translation>
    </message>
    <message>
        <source>The next SYN-ACK goes out {0}.</source>
        <translation>下一个 SYN-ACK 将在 {0}发出。</translation>
    </message>
    <message>
        <source>all keepalive probes unanswered</source>
        <translation>所有保活探测均未应答</translation>
    </message>
    <message>
        <source>its user timeout is over while keepalive probes are unanswered</source>
        <translation>保活探测未应答，而用户超时已到</translation>
    </message>
    <message>
        <source>retransmissions unanswered (tcp_retries2)</source>
        <translation>重传未应答（tcp_retries2）</translation>
    </message>
    <message>
        <source>its user timeout is over with data unacknowledged</source>
        <translation>数据未被确认，而用户超时已到</translation>
    </message>
    <message>
        <source>no process holds it and its retransmissions are unanswered (tcp_orphan_retries)</source>
        <translation>没有进程占用它，且重传未应答（tcp_orphan_retries）</translation>
    </message>
    <message>
        <source>window probes unanswered</source>
        <translation>零窗口探测未应答</translation>
    </message>
    <message>
        <source>its user timeout is over with the peer&apos;s window closed</source>
        <translation>对端窗口一直关闭，而用户超时已到</translation>
    </message>
    <message>
        <source>the SYN is never answered (tcp_syn_retries)</source>
        <translation>SYN 始终未获应答（tcp_syn_retries）</translation>
    </message>
    <message>
        <source>the SYN-ACK is never answered (tcp_synack_retries)</source>
        <translation>SYN-ACK 始终未获应答（tcp_synack_retries）</translation>
    </message>
    <message>
        <source>the peer&apos;s FIN does not come (tcp_fin_timeout)</source>
        <translation>对端的 FIN 没有到来（tcp_fin_timeout）</translation>
    </message>
    <message>
        <source>TIME-WAIT is over</source>
        <translation>TIME-WAIT 结束</translation>
    </message>
    <message>
        <source>no subflow is made in time (net.mptcp.close_timeout)</source>
        <translation>未及时建立子流（net.mptcp.close_timeout）</translation>
    </message>
    <message>
        <source>The kernel ends it {0}, whether the peer answers or not: tcp_keepalive_probes is 0.</source>
        <translation>无论对端是否应答，内核都将在 {0}结束它：tcp_keepalive_probes 为 0。</translation>
    </message>
    <message>
        <source>It ends {0}: {1}.</source>
        <translation>它将在 {0}结束：{1}。</translation>
    </message>
    <message>
        <source>If the peer stays silent the kernel gives it up {0}: {1}.</source>
        <translation>若对端一直无响应，内核将在 {0}放弃它：{1}。</translation>
    </message>
    <message>
        <source>As long as that lasts nothing in the kernel will end it: probes that do not leave are not counted.</source>
        <translation>只要这种情况持续，内核就不会结束它：发不出去的探测不计数。</translation>
    </message>
    <message>
        <source>Nothing in the kernel will end it before the program writes.</source>
        <translation>在程序写入数据之前，内核不会结束它。</translation>
    </message>
    <message>
        <source>Nothing in the kernel will ever end it: if the peer vanished, no one would notice.</source>
        <translation>内核永远不会结束它：对端若消失，不会有任何察觉。</translation>
    </message>
    <message>
        <source>Its program will get EHOSTUNREACH.</source>
        <translation>程序将收到 EHOSTUNREACH。</translation>
    </message>
    <message>
        <source>It is unguarded: keepalive is on without a single probe, so it never asks whether the peer is there.</source>
        <translation>无保活：保活已开启但探测次数为 0，从不询问对端是否还在。</translation>
    </message>
    <message>
        <source>It is unguarded: keepalive is on, but its probes do not leave this machine.</source>
        <translation>无保活：保活已开启，但探测包发不出本机。</translation>
    </message>
    <message>
        <source>It is unguarded: this side has closed its half, and no mechanism of the kernel will ever notice that the peer is gone.</source>
        <translation>无保活：本端已关闭自己的一半，内核没有任何机制会发现对端已经消失。</translation>
    </message>
    <message>
        <source>Taken for granted: {0}.</source>
        <translation>按默认值处理：{0}。</translation>
    </message>
    <message>
        <source>This holds as long as {0}.</source>
        <translation>成立条件：{0}。</translation>
    </message>
    <message>
        <source>That data has waited unread for at least {0}.</source>
        <translation>这些数据未被读取已至少 {0}。</translation>
    </message>
    <message>
        <source>Last data received {0} ago</source>
        <translation>最近一次收到数据在 {0}前</translation>
    </message>
    <message>
        <source>Last data sent {0} ago</source>
        <translation>最近一次发送数据在 {0}前</translation>
    </message>
    <message>
        <source>last data sent {0} ago</source>
        <translation>最近一次发送数据在 {0}前</translation>
    </message>
    <message>
        <source>Last acknowledgement {0} ago</source>
        <translation>最近一次确认在 {0}前</translation>
    </message>
    <message>
        <source>last acknowledgement {0} ago</source>
        <translation>最近一次确认在 {0}前</translation>
    </message>
    <message>
        <source>{0} of {1} are unanswered.</source>
        <translation>允许 {1} 次，已有 {0} 次未应答。</translation>
    </message>
    <message>
        <source>{0} are unanswered.</source>
        <translation>已有 {0} 次未应答。</translation>
    </message>
    <message>
        <source>It is listening: it waits for connections.</source>
        <translation>监听：正在等待连接。</translation>
    </message>
    <message>
        <source>It is opening: the handshake is not complete.</source>
        <translation>建立中：握手尚未完成。</translation>
    </message>
    <message>
        <source>It is abandoned: the peer has closed, the program has not.</source>
        <translation>未关闭：对端已关闭，程序尚未关闭。</translation>
    </message>
    <message>
        <source>It is closing: it is on its way out.</source>
        <translation>关闭中：正在关闭。</translation>
    </message>
    <message>
        <source>It is suspect: at least one probe or retransmission is unanswered.</source>
        <translation>疑似失联：至少有一次探测或重传未获应答。</translation>
    </message>
    <message>
        <source>It is stalled: the peer is there but takes no data (its window is zero).</source>
        <translation>零窗口：对端仍然存活但不接收数据（其窗口为零）。</translation>
    </message>
    <message>
        <source>It is active: data is in flight or moved within the last 5 s.</source>
        <translation>活跃：有数据在途，或在最近 5 秒内传输过。</translation>
    </message>
    <message>
        <source>It is guarded: if the peer vanished, keepalive would notice.</source>
        <translation>有保活：对端若消失，保活会发现。</translation>
    </message>
    <message>
        <source>It is unguarded: no mechanism of the kernel will ever notice that this peer is gone.</source>
        <translation>无保活：内核没有任何机制会发现对端已消失。</translation>
    </message>
    <message>
        <source>Its own options could not be read. {0}</source>
        <translation>无法读取它自身的选项。{0}</translation>
    </message>
    <message>
        <source>The phase of the kernel&apos;s timer wheel is not known, so times are given as earliest to latest.</source>
        <translation>内核时钟节拍的相位未知，因此时刻以最早至最晚的区间表示。</translation>
    </message>
    <message>
        <source>on {0}, off {1}</source>
        <translation>开 {0}，关 {1}</translation>
    </message>
    <message>
        <source>on {0}</source>
        <translation>开 {0}</translation>
    </message>
    <message>
        <source>off {0}</source>
        <translation>关 {0}</translation>
    </message>
    <message>
        <source>{0}, user timeout {1}</source>
        <translation>{0}，用户超时：{1}</translation>
    </message>
    <message>
        <source>not known {0}</source>
        <translation>未知 {0}</translation>
    </message>
    <message>
        <source>{0} more program</source>
        <translation>另有 {0} 个程序</translation>
    </message>
    <message>
        <source>{0} more programs</source>
        <translation>另有 {0} 个程序</translation>
    </message>
    <message>
        <source>a program that is not known</source>
        <translation>未知程序</translation>
    </message>
    <message>
        <source>{0} to {1}, given up {2}</source>
        <translation>{0} 到 {1} 的连接：{2}放弃</translation>
    </message>
    <message>
        <source>{0} of {1} ({2} %) from {3} to {4}</source>
        <translation>从 {3} 到 {4} 已用 {0}，共 {1}（{2} %）</translation>
    </message>
    <message>
        <source>{0}, {1} of them in TIME-WAIT</source>
        <translation>{0}，其中 {1} 个处于 TIME-WAIT</translation>
    </message>
    <message>
        <source>may have lost their peer</source>
        <translation>可能已失去对端</translation>
    </message>
    <message>
        <source>wait for a peer that takes nothing</source>
        <translation>对端不接收数据，正在等待</translation>
    </message>
    <message>
        <source>closed by their peer, or ended, and not closed by their program: {0}</source>
        <translation>对端已关闭或连接已结束，程序未关闭：{0}</translation>
    </message>
    <message>
        <source>would stay open for ever if their peer vanished: {0}</source>
        <translation>对端若消失，将永远保持打开：{0}</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>ended by the kernel, their descriptors still open</source>
        <translation>已被内核结束，程序仍占用其描述符</translation>
    </message>
    <message>
        <source>{0} keep the values of their own program</source>
        <translation>{0} 个使用程序自己的设置</translation>
    </message>
    <message>
        <source>{0} have keepalive off and will never follow</source>
        <translation>{0} 个未开启保活，永不采用</translation>
    </message>
    <message>
        <source>{0} hide it behind another timer</source>
        <translation>{0} 个被其他定时器遮蔽</translation>
    </message>
    <message>
        <source>First probe after {0}, then every {1}, {2} in all; a dead peer is noticed after {3}.</source>
        <translation>空闲 {0}后发出首个探测，之后每 {1}一次，共 {2} 次；对端失联后 {3}可被发现。</translation>
    </message>
    <message>
        <source>There is no connection that could follow these values.</source>
        <translation>没有可以采用这些值的连接。</translation>
    </message>
    <message>
        <source>Of {0} connections {1} follow these values.</source>
        <translation>{0} 个连接中有 {1} 个采用这些值。</translation>
    </message>
    <message>
        <source>Of {0} connections {1} follow these values; {2}.</source>
        <translation>{0} 个连接中有 {1} 个采用这些值；{2}。</translation>
    </message>
    <message>
        <source>There is no connection that could follow.</source>
        <translation>没有可以采用新值的连接。</translation>
    </message>
    <message>
        <source>No open connection follows at once: the kernel looks at these values when a keepalive timer fires.</source>
        <translation>没有连接会立即采用新值：内核在保活定时器到期时才查看这些值。</translation>
    </message>
    <message>
        <source>{0} follow when their timer fires ({1}).</source>
        <translation>{0} 个在定时器到期后采用（{1}）。</translation>
    </message>
    <message>
        <source>{0} follow later; another timer hides when.</source>
        <translation>{0} 个稍后采用；其他定时器使其时间不可见。</translation>
    </message>
    <message>
        <source>Of the others {0}.</source>
        <translation>其余的：{0}。</translation>
    </message>
    <message>
        <source>{0} sets {1} to {2} at boot, after {3}, and wins.</source>
        <translation>启动时 {0} 会在 {3} 之后将 {1} 设为 {2}，并覆盖它。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A user timeout of {0} is over before anything is sent again (after {1} ms): one lost packet or one unanswered probe ends the connection.</source>
        <translation>用户超时 {0} 在任何重传之前（{1} 毫秒后）就已过去：丢失一个数据包或一次探测未获应答就会结束连接。</translation>
    </message>
    <message>
        <source>It counts milliseconds: perhaps {0} s were meant.</source>
        <translation>该选项以毫秒计：也许本意是 {0} 秒。</translation>
    </message>
    <message>
        <source>{0} (applied by {1})</source>
        <translation>{0}（由 {1} 应用）</translation>
    </message>
    <message>
        <source>kernel default</source>
        <translation>内核默认值</translation>
    </message>
    <message>
        <source>set since boot</source>
        <translation>启动后设定</translation>
    </message>
    <message>
        <source>set since boot ({0} sets {1} at boot)</source>
        <translation>启动后设定（启动时 {0} 会设为 {1}）</translation>
    </message>
    <message>
        <source>not known: a configuration file could not be read</source>
        <translation>未知：有配置文件无法读取</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>建立中</translation>
    </message>
    <message>
        <source>abandoned</source>
        <translation>未关闭</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>关闭中</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>疑似失联</translation>
    </message>
    <message>
        <source>stalled</source>
        <translation>零窗口</translation>
    </message>
    <message>
        <source>active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>guarded</source>
        <translation>有保活</translation>
    </message>
    <message>
        <source>unguarded</source>
        <translation>无保活</translation>
    </message>
    <message>
        <source>ended, not known how</source>
        <translation>已结束，方式未知</translation>
    </message>
    <message>
        <source>closed in order, this side first</source>
        <translation>正常关闭，本端先</translation>
    </message>
    <message>
        <source>closed in order, the peer first</source>
        <translation>正常关闭，对端先</translation>
    </message>
    <message>
        <source>closed in order, both sides at once</source>
        <translation>正常关闭，双方同时</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>被重置（RST）</translation>
    </message>
    <message>
        <source>keepalive exhausted</source>
        <translation>保活探测无响应</translation>
    </message>
    <message>
        <source>user timeout</source>
        <translation>用户超时</translation>
    </message>
    <message>
        <source>retransmission timeout</source>
        <translation>重传超时</translation>
    </message>
    <message>
        <source>window probes exhausted</source>
        <translation>零窗口探测超限</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>opening timed out</source>
        <translation>建立连接超时</translation>
    </message>
    <message>
        <source>closed by Halfopen</source>
        <translation>由 Halfopen 关闭</translation>
    </message>
    <message>
        <source>TIME-WAIT over</source>
        <translation>TIME-WAIT 结束</translation>
    </message>
    <message>
        <source>FIN-WAIT-2 over</source>
        <translation>FIN-WAIT-2 结束</translation>
    </message>
    <message>
        <source>orphan given up</source>
        <translation>孤儿套接字已回收</translation>
    </message>
    <message>
        <source>listener closed</source>
        <translation>监听已关闭</translation>
    </message>
    <message>
        <source>MPTCP connection closed without a subflow</source>
        <translation>MPTCP 连接已无子流，被关闭</translation>
    </message>
    <message>
        <source>keepalive-probe</source>
        <translation>保活探测</translation>
    </message>
    <message>
        <source>retransmission</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>window-probe</source>
        <translation>零窗口探测</translation>
    </message>
    <message>
        <source>syn</source>
        <translation>SYN</translation>
    </message>
    <message>
        <source>syn-ack</source>
        <translation>SYN-ACK</translation>
    </message>
    <message>
        <source>give-up</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>keepalive-user-timeout</source>
        <translation>保活用户超时</translation>
    </message>
    <message>
        <source>retries</source>
        <translation>重试用尽</translation>
    </message>
    <message>
        <source>user-timeout</source>
        <translation>用户超时</translation>
    </message>
    <message>
        <source>orphan-retries</source>
        <translation>孤儿重试用尽</translation>
    </message>
    <message>
        <source>window-probe-user-timeout</source>
        <translation>零窗口用户超时</translation>
    </message>
    <message>
        <source>syn-retries</source>
        <translation>SYN 重试用尽</translation>
    </message>
    <message>
        <source>syn-ack-retries</source>
        <translation>SYN-ACK 重试用尽</translation>
    </message>
    <message>
        <source>fin-wait-2</source>
        <translation>FIN-WAIT-2</translation>
    </message>
    <message>
        <source>time-wait</source>
        <translation>TIME-WAIT</translation>
    </message>
    <message>
        <source>mptcp-close</source>
        <translation>MPTCP 关闭</translation>
    </message>
    <message>
        <source>tcp_keepalive_time from sysctl</source>
        <translation>空闲时间取自 tcp_keepalive_time</translation>
    </message>
    <message>
        <source>tcp_keepalive_intvl from sysctl</source>
        <translation>间隔取自 tcp_keepalive_intvl</translation>
    </message>
    <message>
        <source>tcp_keepalive_probes from sysctl</source>
        <translation>探测次数取自 tcp_keepalive_probes</translation>
    </message>
    <message>
        <source>no TCP_USER_TIMEOUT</source>
        <translation>未设 TCP_USER_TIMEOUT</translation>
    </message>
    <message>
        <source>another timer hides whether keepalive is on</source>
        <translation>其他定时器遮蔽了保活是否开启</translation>
    </message>
    <message>
        <source>TCP_KEEPIDLE inferred from samples</source>
        <translation>TCP_KEEPIDLE 由采样推算</translation>
    </message>
    <message>
        <source>TCP_KEEPINTVL inferred from samples</source>
        <translation>TCP_KEEPINTVL 由采样推算</translation>
    </message>
    <message>
        <source>the time of the first retransmission was reconstructed</source>
        <translation>首次重传的时间为重建所得</translation>
    </message>
    <message>
        <source>the next retransmission is a tail loss probe</source>
        <translation>下一次重传是尾部丢失探测（TLP）</translation>
    </message>
    <message>
        <source>the peer stays silent</source>
        <translation>对端一直无响应</translation>
    </message>
    <message>
        <source>the program sends nothing, closes nothing and changes no option</source>
        <translation>程序不发送数据、不关闭连接，也不更改选项</translation>
    </message>
    <message>
        <source>this machine&apos;s own queue drops nothing</source>
        <translation>本机队列不丢包</translation>
    </message>
    <message>
        <source>no ICMP error comes</source>
        <translation>没有 ICMP 错误到达</translation>
    </message>
    <message>
        <source>the next hop goes on answering</source>
        <translation>下一跳继续应答</translation>
    </message>
    <message>
        <source>the peer&apos;s window stays as it is</source>
        <translation>对端窗口保持不变</translation>
    </message>
    <message>
        <source>SYN queue at most half full and no repeated SYN</source>
        <translation>SYN 队列至多半满，且没有重复的 SYN</translation>
    </message>
    <message>
        <source>the listener stays open</source>
        <translation>监听套接字保持打开</translation>
    </message>
    <message>
        <source>the client sends no data</source>
        <translation>客户端不发送数据</translation>
    </message>
    <message>
        <source>orphans stay below the machine&apos;s limits</source>
        <translation>孤儿套接字低于本机上限</translation>
    </message>
    <message>
        <source>this machine does not sleep</source>
        <translation>本机不休眠</translation>
    </message>
    <message>
        <source>what holds now goes on</source>
        <translation>当前状况持续</translation>
    </message>
    <message>
        <source>Halfopen was told to close it</source>
        <translation>Halfopen 奉命将其关闭</translation>
    </message>
    <message>
        <source>the peer answered</source>
        <translation>对端有了应答</translation>
    </message>
    <message>
        <source>its program closed it</source>
        <translation>其程序将它关闭</translation>
    </message>
    <message>
        <source>its program sent data</source>
        <translation>其程序发送了数据</translation>
    </message>
    <message>
        <source>its options or their settings changed</source>
        <translation>其选项或相关设置已改变</translation>
    </message>
    <message>
        <source>the peer&apos;s window changed</source>
        <translation>对端的窗口发生变化</translation>
    </message>
    <message>
        <source>this machine dropped what it sent</source>
        <translation>本机丢弃了要发送的数据</translation>
    </message>
    <message>
        <source>ICMP errors came</source>
        <translation>收到 ICMP 错误</translation>
    </message>
    <message>
        <source>the neighbour stopped answering</source>
        <translation>邻居不再应答</translation>
    </message>
    <message>
        <source>the client sent something</source>
        <translation>客户端发来了数据</translation>
    </message>
    <message>
        <source>the listener&apos;s queue filled</source>
        <translation>监听者的队列变满</translation>
    </message>
    <message>
        <source>the listener was closed</source>
        <translation>监听者已关闭</translation>
    </message>
    <message>
        <source>this machine had too many orphans</source>
        <translation>本机孤儿连接过多</translation>
    </message>
    <message>
        <source>this machine slept</source>
        <translation>本机曾休眠</translation>
    </message>
    <message>
        <source>what held then was over</source>
        <translation>当时成立的状况已结束</translation>
    </message>
    <message>
        <source>a value that could not be read was another</source>
        <translation>某个无法读取的值与默认值不同</translation>
    </message>
    <message>
        <source>it was closed while no timer was due</source>
        <translation>在没有定时器到期时被关闭</translation>
    </message>
    <message>
        <source>{0} (pid {1})</source>
        <translation>{0}（pid {1}）</translation>
    </message>
    <message>
        <source>{0} (pid {1}, {2})</source>
        <translation>{0}（pid {1}，{2}）</translation>
    </message>
    <message>
        <source>{0} (pid {1}, descriptor {2})</source>
        <translation>{0}（pid {1}，描述符 {2}）</translation>
    </message>
    <message>
        <source>{0} (pid {1}, descriptor {2}, {3})</source>
        <translation>{0}（pid {1}，描述符 {2}，{3}）</translation>
    </message>
    <message>
        <source>{0}; {1}</source>
        <translation>{0}；{1}</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>unanswered</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>recv-queue</source>
        <translation>接收队列</translation>
    </message>
    <message>
        <source>send-queue</source>
        <translation>发送队列</translation>
    </message>
    <message>
        <source>There is no terminal to ask on: give --yes to close what the filter matches.</source>
        <translation>没有可供询问的终端：要关闭筛选条件匹配的连接，请加上 --yes。</translation>
    </message>
    <message>
        <source>Close this connection? Its program will get an error. [y/N]</source>
        <translation>要关闭此连接吗？其程序会收到错误。[y/N]</translation>
    </message>
    <message>
        <source>Close these {0} connections? Their programs will get an error. [y/N]</source>
        <translation>要关闭这 {0} 个连接吗？其程序会收到错误。[y/N]</translation>
    </message>
    <message>
        <source>Nothing was closed.</source>
        <translation>没有关闭任何连接。</translation>
    </message>
    <message>
        <source>No connection matches &quot;{0}&quot;.</source>
        <translation>没有与“{0}”匹配的连接。</translation>
    </message>
    <message>
        <source>Give either cookies or --filter with a word in it.</source>
        <translation>请给出 cookie，或带有内容的 --filter，二者取一。</translation>
    </message>
    <message>
        <source>Closed {0}.</source>
        <translation>已关闭 {0}。</translation>
    </message>
    <message>
        <source>End connections at once (may ask for authentication)</source>
        <translation>立即结束连接（可能要求认证）</translation>
    </message>
    <message>
        <source>The sockets&apos; cookies in hex, as list prints them</source>
        <translation>套接字的十六进制 cookie，如 list 所示</translation>
    </message>
    <message>
        <source>Instead: all connections that list FILTER shows; asks before</source>
        <translation>改为：list FILTER 显示的所有连接；事先会询问</translation>
    </message>
    <message>
        <source>Do not ask</source>
        <translation>不询问</translation>
    </message>
    <message>
        <source>What was closed as JSON (schema 1)</source>
        <translation>以 JSON 输出已关闭的连接（schema 1）</translation>
    </message>
    <message>
        <source>What is new, gone and changed from one recording to another, or to now</source>
        <translation>从一个记录文件到另一个（或到现在），有哪些新增、消失和变化</translation>
    </message>
    <message>
        <source>The earlier recording</source>
        <translation>较早的记录文件</translation>
    </message>
    <message>
        <source>The later one; without it, what is there now</source>
        <translation>较晚的记录文件；省略则为当前状况</translation>
    </message>
    <message>
        <source>Only what this filter lets through in either of them</source>
        <translation>只比较任一方中符合此筛选条件的连接</translation>
    </message>
    <message>
        <source>Exit with 6 where they differ</source>
        <translation>有差异时以 6 退出</translation>
    </message>
    <message>
        <source>One JSON object (schema 1)</source>
        <translation>输出一个 JSON 对象（schema 1）</translation>
    </message>
    <message>
        <source>Connections opened, changed and closed, and why, as it happens; Ctrl+C ends it</source>
        <translation>实时显示连接的建立、变化和关闭，及其原因；按 Ctrl+C 结束</translation>
    </message>
    <message>
        <source>Between samples, 250ms to 10s</source>
        <translation>采样间隔，250ms 至 10s</translation>
    </message>
    <message>
        <source>End after so many events</source>
        <translation>发生这么多事件后结束</translation>
    </message>
    <message>
        <source>With --json: reports of broken forecasts name the addresses</source>
        <translation>与 --json 一起使用：预测未兑现的报告中含有地址</translation>
    </message>
    <message>
        <source>One JSON object a line (schema 1)</source>
        <translation>每行输出一个 JSON 对象（schema 1）</translation>
    </message>
    <message>
        <source>every connection</source>
        <translation>所有连接</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a time in whole seconds, such as 90, 10m or 1h30m.</source>
        <translation>“{0}”不是整秒的时长，例如 90、10m 或 1h30m。</translation>
    </message>
    <message>
        <source>Name one unit, or give --all for every connection.</source>
        <translation>请指明一个单元，或用 --all 表示所有连接。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is neither the name of a unit (with .service, .scope, .slice or .socket) nor a control group that is there.</source>
        <translation>“{0}”既不是单元的名称（以 .service、.scope、.slice 或 .socket 结尾），也不是现有的控制组。</translation>
    </message>
    <message>
        <source>first probe after {0} s of silence</source>
        <translation>空闲 {0} 秒后发出首个探测</translation>
    </message>
    <message>
        <source>then every {0} s</source>
        <translation>之后每 {0} 秒一次</translation>
    </message>
    <message>
        <source>{0} in all</source>
        <translation>共 {0} 次</translation>
    </message>
    <message>
        <source>user timeout {0} ms</source>
        <translation>用户超时 {0} 毫秒</translation>
    </message>
    <message>
        <source>It is not running now; the rule counts when it does.</source>
        <translation>它现在没有运行；运行时规则即生效。</translation>
    </message>
    <message>
        <source>{0}: keepalive for each new connection whose program does not ask for it: {1}.</source>
        <translation>{0}：为程序未请求保活的每个新连接开启保活：{1}。</translation>
    </message>
    <message>
        <source>Open connections stay as they are (halfopenctl set changes them), and so do sockets made before their process came into the unit.</source>
        <translation>已打开的连接保持原样（可用 halfopenctl set 更改），在进程进入该单元之前创建的套接字也是如此。</translation>
    </message>
    <message>
        <source>It costs a packet and its answer for each {0} s of silence, so that sleeping devices wake and peers that sleep too long are given up; and the machine about a microsecond a connection.</source>
        <translation>代价是每空闲 {0} 秒一个数据包及其应答：休眠的设备会被唤醒，休眠过久的对端会被放弃；本机每个连接约需一微秒。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未作任何更改。</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>kept, and not in effect (halfopenctl guard restore)</source>
        <translation>已保存，但未生效（halfopenctl guard restore）</translation>
    </message>
    <message>
        <source>guarded {0} connected and {1} accepted, {2} had asked themselves</source>
        <translation>已为 {0} 个主动连接和 {1} 个被动连接开启保活，{2} 个已自行请求</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} 个失败</translation>
    </message>
    <message>
        <source>{0}: {1}; {2}.</source>
        <translation>{0}：{1}；{2}。</translation>
    </message>
    <message>
        <source>There are no rules.</source>
        <translation>没有规则。</translation>
    </message>
    <message>
        <source>What is in effect is not known.</source>
        <translation>不知道哪些规则已生效。</translation>
    </message>
    <message>
        <source>There is no rule of {0}.</source>
        <translation>没有 {0} 的规则。</translation>
    </message>
    <message>
        <source>New connections are guarded no more. Those that are keep their keepalive.</source>
        <translation>不再为新连接开启保活。已开启的保持不变。</translation>
    </message>
    <message>
        <source>A unit or control group: postgresql.service</source>
        <translation>单元或控制组：postgresql.service</translation>
    </message>
    <message>
        <source>Every connection of the machine</source>
        <translation>本机的所有连接</translation>
    </message>
    <message>
        <source>Idle time before the first probe: 90, 10m, 2h (1 s to {0} s)</source>
        <translation>首个探测之前的空闲时间：90、10m、2h（1 到 {0} 秒）</translation>
    </message>
    <message>
        <source>Time between probes (1 s to {0} s)</source>
        <translation>两次探测的间隔（1 到 {0} 秒）</translation>
    </message>
    <message>
        <source>Unanswered probes until it is given up (1 to {0})</source>
        <translation>多少次探测未应答后放弃（1 到 {0}）</translation>
    </message>
    <message>
        <source>Milliseconds without an answer until it is given up</source>
        <translation>多少毫秒未应答后放弃</translation>
    </message>
    <message>
        <source>Say what it would do, and do nothing</source>
        <translation>只说明会做什么，不实际执行</translation>
    </message>
    <message>
        <source>As JSON (schema 1)</source>
        <translation>以 JSON 输出（schema 1）</translation>
    </message>
    <message>
        <source>The rules, and what they have done</source>
        <translation>规则及其效果</translation>
    </message>
    <message>
        <source>Take a rule back</source>
        <translation>撤销一条规则</translation>
    </message>
    <message>
        <source>The unit of the rule</source>
        <translation>规则的单元</translation>
    </message>
    <message>
        <source>All rules</source>
        <translation>所有规则</translation>
    </message>
    <message>
        <source>Put the rules that are kept in effect, as at boot</source>
        <translation>使已保存的规则生效，如同启动时</translation>
    </message>
    <message>
        <source>Cannot run {0}: {1}.</source>
        <translation>无法运行 {0}：{1}。</translation>
    </message>
    <message>
        <source>A network of your own with a connection in every state, for COMMAND to look at</source>
        <translation>一个独立的网络，其中每种状态各有一个连接，供 COMMAND 查看</translation>
    </message>
    <message>
        <source>What to run in it, after --; the live table if nothing is given</source>
        <translation>在其中运行的命令，写在 -- 之后；省略则显示实时表格</translation>
    </message>
    <message>
        <source>All TCP sockets once, and what the kernel will do to each</source>
        <translation>列出一次所有 TCP 套接字，以及内核将如何处理每一个</translation>
    </message>
    <message>
        <source>Comma-separated values, with a header</source>
        <translation>以逗号分隔的值，带有标题行</translation>
    </message>
    <message>
        <source>No middlebox of layer 4 is called &apos;{0}&apos;.</source>
        <translation>没有名为“{0}”的第 4 层中间设备。</translation>
    </message>
    <message>
        <source>The interval &apos;{0}&apos; is not between 1s and 1h.</source>
        <translation>间隔“{0}”不在 1s 至 1h 之间。</translation>
    </message>
    <message>
        <source>node_exporter reads files whose names end with .prom.</source>
        <translation>node_exporter 只读取名称以 .prom 结尾的文件。</translation>
    </message>
    <message>
        <source>node_exporter does not read OpenMetrics.</source>
        <translation>node_exporter 不读取 OpenMetrics。</translation>
    </message>
    <message>
        <source>Counts for Prometheus, once or into a file for node_exporter</source>
        <translation>供 Prometheus 使用的计数，输出一次，或写入供 node_exporter 读取的文件</translation>
    </message>
    <message>
        <source>Keep writing FILE.prom, always whole</source>
        <translation>持续写入 FILE.prom，文件始终完整</translation>
    </message>
    <message>
        <source>Between looks, 1s to 1h; grows where a look costs much</source>
        <translation>查看间隔，1s 至 1h；若查看代价较大则自动延长</translation>
    </message>
    <message>
        <source>Write the file once and end</source>
        <translation>写入文件一次后结束</translation>
    </message>
    <message>
        <source>OpenMetrics 1.0 in place of the text format 0.0.4</source>
        <translation>用 OpenMetrics 1.0 代替文本格式 0.0.4</translation>
    </message>
    <message>
        <source>process: also by name of process</source>
        <translation>process：同时按进程名称统计</translation>
    </message>
    <message>
        <source>Remote ports that are told by number</source>
        <translation>按端口号分别统计的远端端口</translation>
    </message>
    <message>
        <source>What is on the way: an id of the presets</source>
        <translation>路径上的中间设备：预设的 ID</translation>
    </message>
    <message>
        <source>Also the fullest N remote addresses (at most 20): they leave this machine</source>
        <translation>同时给出连接最多的 N 个远端地址（最多 20 个）：这些地址会离开本机</translation>
    </message>
    <message>
        <source>{0} sockets written to {1}.</source>
        <translation>已将 {0} 个套接字写入 {1}。</translation>
    </message>
    <message>
        <source>Write what the kernel says to a file (the format of ss -D)</source>
        <translation>将内核所述写入文件（ss -D 的格式）</translation>
    </message>
    <message>
        <source>The file; replaced when the recording is complete</source>
        <translation>文件；记录完成后才替换</translation>
    </message>
    <message>
        <source>Other keepalive options for living connections (may ask for authentication)</source>
        <translation>更改现有连接的保活选项（可能要求认证）</translation>
    </message>
    <message>
        <source>Turn keepalive on or off</source>
        <translation>开启或关闭保活</translation>
    </message>
    <message>
        <source>Milliseconds without an answer until it is given up; 0: no such limit</source>
        <translation>多少毫秒未应答后放弃；0：无此限制</translation>
    </message>
    <message>
        <source>Before and after as JSON (schema 1)</source>
        <translation>以 JSON 输出更改前后的情况（schema 1）</translation>
    </message>
    <message>
        <source>One connection, everything known about it, in sentences</source>
        <translation>一个连接的全部已知情况，以语句说明</translation>
    </message>
    <message>
        <source>The socket&apos;s cookie in hex, as list prints it</source>
        <translation>套接字的十六进制 cookie，如 list 所示</translation>
    </message>
    <message>
        <source>Read another user&apos;s socket too (asks for authentication)</source>
        <translation>也读取其他用户的套接字（要求认证）</translation>
    </message>
    <message>
        <source>How many sockets there are by state and family, and what is wrong with them</source>
        <translation>按状态和地址族统计套接字，并指出存在的问题</translation>
    </message>
    <message>
        <source>Who follows is not known.</source>
        <translation>不知道哪些连接采用这些值。</translation>
    </message>
    <message>
        <source>warning: {0}</source>
        <translation>警告：{0}</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is too long.</source>
        <translation>“{0}”太长。</translation>
    </message>
    <message>
        <source>Nothing to set: give --time, --interval, --probes or --persist.</source>
        <translation>没有要设置的内容：请给出 --time、--interval、--probes 或 --persist。</translation>
    </message>
    <message>
        <source>In effect: {0}</source>
        <translation>已生效：{0}</translation>
    </message>
    <message>
        <source>Kept after a reboot.</source>
        <translation>重启后保留。</translation>
    </message>
    <message>
        <source>Nothing of Halfopen&apos;s is kept for the next boot. The values in effect stay until then.</source>
        <translation>Halfopen 没有为下次启动保存任何值。当前生效的值保持到那时。</translation>
    </message>
    <message>
        <source>The kernel&apos;s TCP settings, where they come from, and who follows them</source>
        <translation>内核的 TCP 设置、其来源，以及哪些连接采用它们</translation>
    </message>
    <message>
        <source>Change the keepalive defaults (asks for authentication)</source>
        <translation>更改保活默认值（要求认证）</translation>
    </message>
    <message>
        <source>Unanswered probes until the connection is given up (1 to {0})</source>
        <translation>多少次探测未应答后放弃连接（1 到 {0}）</translation>
    </message>
    <message>
        <source>Keep them after a reboot, in /etc/sysctl.d</source>
        <translation>重启后保留，保存在 /etc/sysctl.d</translation>
    </message>
    <message>
        <source>Remove what --persist has kept</source>
        <translation>删除 --persist 保存的内容</translation>
    </message>
    <message>
        <source>These rows are {0} old. {1}</source>
        <translation>这些行的数据已过 {0}。{1}</translation>
    </message>
    <message>
        <source>{0} connections, {1} guarded, {2} unguarded, {3} suspect, {4} abandoned    sampled in {5} ms</source>
        <translation>{0} 个连接，{1} 个有保活，{2} 个无保活，{3} 个疑似失联，{4} 个未关闭    采样用时 {5} ms</translation>
    </message>
    <message>
        <source>The live table in the terminal; Ctrl+C ends it</source>
        <translation>终端中的实时表格；按 Ctrl+C 结束</translation>
    </message>
    <message>
        <source>End after so many samples</source>
        <translation>采样这么多次后结束</translation>
    </message>
    <message>
        <source>One JSON object a line for each sample</source>
        <translation>每次采样输出一行 JSON 对象</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用法</translation>
    </message>
    <message>
        <source>Positionals</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>SUBCOMMAND</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>REQUIRED</source>
        <translation>必需</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Excludes</source>
        <translation>互斥</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Print this help message and exit</source>
        <translation>显示此帮助信息并退出</translation>
    </message>
    <message>
        <source>Which TCP connections are really alive, and when and why the kernel will give each of them up.</source>
        <translation>哪些 TCP 连接真正存活，以及内核将于何时、为何放弃每一个连接。</translation>
    </message>
    <message>
        <source>Display program version information and exit</source>
        <translation>显示程序版本并退出</translation>
    </message>
    <message>
        <source>The following argument was not expected: {0}</source>
        <translation>不应有以下参数：{0}</translation>
    </message>
    <message>
        <source>The following arguments were not expected: {0}</source>
        <translation>不应有以下参数：{0}</translation>
    </message>
    <message>
        <source>A subcommand is required</source>
        <translation>缺少子命令</translation>
    </message>
    <message>
        <source>Could not convert: {0} = {1}</source>
        <translation>无法转换：{0} = {1}</translation>
    </message>
    <message>
        <source>{0}: {1} not in {2}</source>
        <translation>{0}：{1} 不在 {2} 之中</translation>
    </message>
    <message>
        <source>{0}: {1} required {2} missing</source>
        <translation>{0}：缺少 {1} 个 {2}</translation>
    </message>
    <message>
        <source>{0}: At least {1} required but received {2}</source>
        <translation>{0}：至少需要 {1} 个，实际为 {2} 个</translation>
    </message>
    <message>
        <source>{0}: At Most {1} required but received {2}</source>
        <translation>{0}：至多允许 {1} 个，实际为 {2} 个</translation>
    </message>
    <message>
        <source>{0} was given a disallowed flag override</source>
        <translation>{0} 不接受值</translation>
    </message>
    <message>
        <source>{0} is required</source>
        <translation>缺少 {0}</translation>
    </message>
    <message>
        <source>{0} requires {1}</source>
        <translation>{0} 需要 {1}</translation>
    </message>
    <message>
        <source>{0} excludes {1}</source>
        <translation>{0} 不能与 {1} 一起使用</translation>
    </message>
    <message>
        <source>What to find: words (an address, port, process, user, state, diagnosis), key:value, idle&gt;10m, and all that ss takes: state established dport = :443. Put &apos;-&apos; before what not to find; quote what the shell would take. See FILTERS in halfopenctl(1)</source>
        <translation>筛选条件：词语（地址、端口、进程、用户、状态、诊断）、key:value、idle&gt;10m，以及 ss 接受的一切：state established dport = :443。不要的内容前加“-”；shell 会解释的内容须加引号。参见 halfopenctl(1) 的 FILTERS</translation>
    </message>
    <message>
        <source>Read a recording (halfopenctl record, ss -D) instead of the kernel</source>
        <translation>读取记录文件（halfopenctl record、ss -D），而不是询问内核</translation>
    </message>
    <message>
        <source>Do not look up processes, nor read the options of their sockets</source>
        <translation>不查找进程，也不读取其套接字的选项</translation>
    </message>
    <message>
        <source>Look up the names of remote hosts, which may take seconds</source>
        <translation>查询远端主机名，可能需要数秒</translation>
    </message>
    <message>
        <source>Columns to print, separated by commas</source>
        <translation>要显示的列，以逗号分隔</translation>
    </message>
    <message>
        <source>One line for all that have the same: program, process, remote-host, remote-net, service, unit, user, state, diagnosis or netns</source>
        <translation>将相同的合为一行：program、process、remote-host、remote-net、service、unit、user、state、diagnosis 或 netns</translation>
    </message>
    <message>
        <source>There is nothing called &apos;{0}&apos; to group by. There are: {1}.</source>
        <translation>没有名为“{0}”的分组方式。可用的有：{1}。</translation>
    </message>
    <message>
        <source>Another network namespace: its name, a process in it, its path, or cookie:N</source>
        <translation>另一个网络命名空间：其名称、其中的进程、其路径，或 cookie:N</translation>
    </message>
    <message>
        <source>All network namespaces of this machine</source>
        <translation>本机的所有网络命名空间</translation>
    </message>
    <message>
        <source>The interval &apos;{0}&apos; is not between 250ms and 10s.</source>
        <translation>间隔“{0}”不在 250ms 至 10s 之间。</translation>
    </message>
    <message>
        <source>It lives in the network namespace {0}: try it with --netns {1}.</source>
        <translation>它位于网络命名空间 {0}：请用 --netns {1} 重试。</translation>
    </message>
    <message>
        <source>Cannot write the output: {0}.</source>
        <translation>无法写出输出：{0}。</translation>
    </message>
    <message>
        <source>Cannot write {0}: {1}.</source>
        <translation>无法写入 {0}：{1}。</translation>
    </message>
    <message>
        <source>The filter, position {0}: {1}</source>
        <translation>筛选条件，位置 {0}：{1}</translation>
    </message>
    <message>
        <source>The filter, position {0}: {1}.</source>
        <translation>筛选条件，位置 {0}：{1}。</translation>
    </message>
    <message>
        <source>Read from the left, as ss reads it: what stands from position {0} on holds for all before it. Parentheses make it otherwise.</source>
        <translation>按 ss 的方式从左到右解读：从位置 {0} 起的内容对其前面的全部有效。可用括号改变。</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Recv-Q</source>
        <translation>接收队列</translation>
    </message>
    <message>
        <source>Send-Q</source>
        <translation>发送队列</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远端</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>User timeout</source>
        <translation>用户超时</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Unanswered</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>Gives up</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>RTT</source>
        <translation>RTT</translation>
    </message>
    <message>
        <source>Retransmits</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Inode</source>
        <translation>Inode</translation>
    </message>
    <message>
        <source>Cookie</source>
        <translation>Cookie</translation>
    </message>
    <message>
        <source>Netns</source>
        <translation>网络命名空间</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>远端主机名</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>存在时间</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Sent/s</source>
        <translation>发送/s</translation>
    </message>
    <message>
        <source>Received/s</source>
        <translation>接收/s</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>状况</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{0} new, {1} gone, {2} changed, {3} alike</source>
        <translation>新增 {0}，消失 {1}，变化 {2}，相同 {3}</translation>
    </message>
    <message>
        <source>its program</source>
        <translation>其程序</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>{0} 之后</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>建立</translation>
    </message>
    <message>
        <source>{0} (was {1})</source>
        <translation>{0}（之前为 {1}）</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>未兑现</translation>
    </message>
    <message>
        <source>a forecast was broken (--json: both samples)</source>
        <translation>有一个预测未兑现（--json：含两次采样）</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>never {0}</source>
        <translation>永不放弃 {0}</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Diagnoses</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>NAMESPACE</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>TIER</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>SOCKETS</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>空闲时间</translation>
    </message>
    <message>
        <source>INTERVAL</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>PROBES</source>
        <translation>探测次数</translation>
    </message>
    <message>
        <source>OTHERWISE</source>
        <translation>其他差异</translation>
    </message>
    <message>
        <source>keepalive {0} -&gt; {1}; timer {2} -&gt; {3}</source>
        <translation>保活 {0} -&gt; {1}；定时器 {2} -&gt; {3}</translation>
    </message>
    <message>
        <source>local ports</source>
        <translation>本地端口</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>SETTING</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>VALUE</source>
        <translation>值</translation>
    </message>
    <message>
        <source>SOURCE</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>{0} = {1} is unusual (usual is {2}..{3}). {4}</source>
        <translation>{0} = {1} 不寻常（通常为 {2}..{3}）。{4}</translation>
    </message>
    <message>
        <source>own</source>
        <translation>自身</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>可进入</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>经授权</translation>
    </message>
    <message>
        <source>public</source>
        <translation>公开</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>间接得知</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>推算</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>按默认值</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>不可见</translation>
    </message>
    <message>
        <source>other user</source>
        <translation>其他用户</translation>
    </message>
    <message>
        <source>no descriptor</source>
        <translation>无进程占用</translation>
    </message>
    <message>
        <source>not accepted yet</source>
        <translation>尚未接受</translation>
    </message>
    <message>
        <source>not looked up</source>
        <translation>未查找</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>未见到</translation>
    </message>
    <message>
        <source>in no descriptor table</source>
        <translation>不在任何描述符表中</translation>
    </message>
    <message>
        <source>no CAP_SYS_PTRACE</source>
        <translation>缺少 CAP_SYS_PTRACE</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>unmapped user</source>
        <translation>未映射的用户</translation>
    </message>
    <message>
        <source>retransmit</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>Subcommands</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>--idle is missing: the time of silence before the first probe, such as 60 or 5m.</source>
        <translation>缺少 --idle：首个探测之前的空闲时间，例如 60 或 5m。</translation>
    </message>
    <message>
        <source>{0} process</source>
        <translation>{0} 个进程</translation>
    </message>
    <message>
        <source>{0} processes</source>
        <translation>{0} 个进程</translation>
    </message>
    <message>
        <source>Now it has {0}.</source>
        <translation>目前有 {0}。</translation>
    </message>
    <message>
        <source>Now it has {0} and {1}.</source>
        <translation>目前有 {0}和 {1}。</translation>
    </message>
    <message>
        <source>{0} open connection</source>
        <translation>{0} 个打开的连接</translation>
    </message>
    <message>
        <source>{0} open connections</source>
        <translation>{0} 个打开的连接</translation>
    </message>
    <message>
        <source>The helper was not asked to look into network namespace {0}: show it in full first.</source>
        <translation>尚未请辅助程序查看网络命名空间 {0}：请先“完整显示”。</translation>
    </message>
    <message>
        <source>This network namespace is gone, or belongs to somebody else.</source>
        <translation>此网络命名空间已不存在，或属于他人。</translation>
    </message>
    <message>
        <source>No network namespace is named.</source>
        <translation>没有指明网络命名空间。</translation>
    </message>
    <message>
        <source>{0} network namespaces are more than the {1} of one call.</source>
        <translation>{0} 个网络命名空间超过了一次调用的上限 {1} 个。</translation>
    </message>
    <message>
        <source>No socket could be opened there: {0}.</source>
        <translation>无法在其中打开套接字：{0}。</translation>
    </message>
    <message>
        <source>There is no network namespace with the cookie {0} (any more).</source>
        <translation>没有 cookie 为 {0} 的网络命名空间，或它已不存在。</translation>
    </message>
    <message>
        <source>The helper cannot enter the network namespace with the cookie {0}: {1}.</source>
        <translation>辅助程序无法进入 cookie 为 {0} 的网络命名空间：{1}。</translation>
    </message>
    <message>
        <source>The network namespaces cannot be listed: {0}.</source>
        <translation>无法列出网络命名空间：{0}。</translation>
    </message>
    <message>
        <source>One connection has ended, and its program still has it open and may not know.</source>
        <translation>有 1 个连接已结束，程序仍占用着它，而且可能并不知情。</translation>
    </message>
    <message>
        <source>{0} connections have ended, and their programs still have them open and may not know.</source>
        <translation>有 {0} 个连接已结束，程序仍占用着它们，而且可能并不知情。</translation>
    </message>
    <message>
        <source>The kernel&apos;s retransmission timer {0}.</source>
        <translation>内核的重传定时器{0}。</translation>
    </message>
    <message>
        <source>The kernel&apos;s window probe timer {0}; {1} attempts to send its data failed.</source>
        <translation>内核的零窗口探测定时器{0}；{1} 次尝试发送数据均失败。</translation>
    </message>
    <message>
        <source>The kernel tries to send the next keepalive probe {0}.</source>
        <translation>内核将在 {0}尝试发送下一次保活探测。</translation>
    </message>
    <message>
        <source>The kernel tries to send its data again {0}.</source>
        <translation>内核将在 {0}再次尝试发送数据。</translation>
    </message>
    <message>
        <source>The kernel tries to send the next SYN {0}.</source>
        <translation>内核将在 {0}尝试发送下一个 SYN。</translation>
    </message>
    <message>
        <source>The kernel tries to send the next SYN-ACK {0}.</source>
        <translation>内核将在 {0}尝试发送下一个 SYN-ACK。</translation>
    </message>
    <message>
        <source>As long as that lasts the kernel gives it up {0}: its data cannot be sent.</source>
        <translation>若一直如此，内核将在 {0}放弃它：数据无法发出。</translation>
    </message>
    <message>
        <source>It is opening: its program has given it an address, and it is not connected.</source>
        <translation>建立中：程序已为它绑定地址，它未连接。</translation>
    </message>
    <message>
        <source>It is abandoned: its connection has ended, and its program still has it open.</source>
        <translation>未关闭：连接已结束，程序仍占用着它。</translation>
    </message>
    <message>
        <source>It is active: it was opened within the last 5 s, and has moved no data yet.</source>
        <translation>活跃：在最近 5 秒内建立，尚未传输过数据。</translation>
    </message>
    <message>
        <source>No data was ever received</source>
        <translation>从未收到数据</translation>
    </message>
    <message>
        <source>No data was ever sent</source>
        <translation>从未发送数据</translation>
    </message>
    <message>
        <source>no data was ever sent</source>
        <translation>从未发送数据</translation>
    </message>
    <message>
        <source>{0} to {1} belongs to an MPTCP connection, which only its program&apos;s descriptor ends as a whole.</source>
        <translation>{0} 到 {1} 属于一个 MPTCP 连接，只有通过其程序的描述符才能结束整个连接。</translation>
    </message>
    <message>
        <source>An MPTCP connection takes no user timeout (TCP_USER_TIMEOUT); nothing was changed.</source>
        <translation>MPTCP 连接不接受用户超时（TCP_USER_TIMEOUT）；未作任何更改。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Nothing is to go out before that: both ends would go on believing that it is open.</source>
        <translation>在此之前不会发出任何报文：两端仍会认为连接是打开的。</translation>
    </message>
    <message>
        <source>No probe goes out before that: both ends would go on believing that it is open.</source>
        <translation>在此之前不会发出探测：两端仍会认为连接是打开的。</translation>
    </message>
    <message>
        <source>Whether probes go out is not known.</source>
        <translation>是否会发出探测未知。</translation>
    </message>
    <message>
        <source>Connection tracking (conntrack) holds nothing of it, so it forgets nothing.</source>
        <translation>连接跟踪（conntrack）中没有此连接的会话，因此不会老化。</translation>
    </message>
    <message>
        <source>Its peer is a virtual service of this machine (IPVS), which forgets it after {0} without a packet.</source>
        <translation>对端是本机的虚拟服务（IPVS），{0}内没有报文后会话老化。</translation>
    </message>
    <message>
        <source>Where this machine tracks it (conntrack), it forgets it after {0} without a packet.</source>
        <translation>若本机跟踪此连接（conntrack），则 {0}内没有报文后会话老化。</translation>
    </message>
    <message>
        <source>How long is left of that is told to an administrator only.</source>
        <translation>只有管理员能读取其剩余时间。</translation>
    </message>
    <message>
        <source>It belongs to an MPTCP connection, and this kernel tells too little to take the whole&apos;s descriptor for its own.</source>
        <translation>它属于一个 MPTCP 连接，而此内核提供的信息不足以确认整个连接的描述符就是它的描述符。</translation>
    </message>
    <message>
        <source>{0} of these are subflows of MPTCP connections, whose programs get nothing: the connection goes on over its other subflows, and without any for net.mptcp.close_timeout. --whole ends the whole.</source>
        <translation>其中 {0} 个是 MPTCP 连接的子流，其程序收不到任何错误：连接经其他子流继续，没有子流时再保持 net.mptcp.close_timeout。--whole 结束整个连接。</translation>
    </message>
    <message>
        <source>Of an MPTCP connection not only the subflow, but the whole</source>
        <translation>对于 MPTCP 连接，不只结束子流，而是结束整个连接</translation>
    </message>
    <message>
        <source>in namespace {0}</source>
        <translation>位于命名空间 {0}</translation>
    </message>
    <message>
        <source>{0}. Try: halfopenctl --help</source>
        <translation>{0}。请尝试：halfopenctl --help</translation>
    </message>
    <message>
        <source>the listener&apos;s options are what they were at the handshake, but for what the timer shows otherwise</source>
        <translation>除定时器表明不同者外，监听套接字的选项与握手时相同</translation>
    </message>
    <message>
        <source>What goes out next comes too late: both ends would go on believing that it is open.</source>
        <translation>下一个报文发出时为时已晚：两端仍会认为连接是打开的。</translation>
    </message>
    <message>
        <source>What goes out next may come too late.</source>
        <translation>下一个报文发出时可能为时已晚。</translation>
    </message>
    <message>
        <source>What goes out next comes before that.</source>
        <translation>下一个报文在此之前发出。</translation>
    </message>
    <message>
        <source>The system&apos;s number of keepalive probes is 0: if this connection&apos;s is, too, the kernel ends it when it has been idle, without asking the peer. Set at least 1.</source>
        <translation>系统的 keepalive 探测次数为 0：如果此连接也是如此，空闲到期后内核不询问对端便结束它。请至少设为 1。</translation>
    </message>
    <message>
        <source>If its number of probes is tcp_keepalive_probes, 0, the kernel ends it {0}, whether the peer answers or not.</source>
        <translation>如果它的探测次数就是 tcp_keepalive_probes（0），无论对端是否应答，内核都将在 {0}结束它。</translation>
    </message>
    <message>
        <source>It is unguarded, if its number of probes is tcp_keepalive_probes, 0: then it never asks whether the peer is there.</source>
        <translation>如果它的探测次数就是 tcp_keepalive_probes（0），则无保活：从不询问对端是否还在。</translation>
    </message>
    <message>
        <source>The thread that answers HTTP cannot be started.</source>
        <translation>无法启动应答 HTTP 的线程。</translation>
    </message>
    <message>
        <source>{0} sockets were handed over, and one is all that can be answered on: one ListenStream= has to be left.</source>
        <translation>交来了 {0} 个套接字，但只能在一个上应答：只应保留一个 ListenStream=。</translation>
    </message>
    <message>
        <source>What was handed over is no socket that listens.</source>
        <translation>交来的不是监听套接字。</translation>
    </message>
    <message>
        <source>systemd has opened the socket: where it listens is said in halfopen-exporter.socket, not by --listen.</source>
        <translation>套接字由 systemd 打开：监听地址由 halfopen-exporter.socket 决定，不能用 --listen 指定。</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no address with a port, such as 127.0.0.1:9995 or [::1]:9995.</source>
        <translation>“{0}”不是带端口的地址，例如 127.0.0.1:9995 或 [::1]:9995。</translation>
    </message>
    <message>
        <source>Cannot listen on {0}: {1}.</source>
        <translation>无法在 {0} 上监听：{1}。</translation>
    </message>
    <message>
        <source>Metrics of this machine&apos;s TCP connections, where Prometheus asks for them.</source>
        <translation>在 Prometheus 询问时提供本机 TCP 连接的指标。</translation>
    </message>
    <message>
        <source>Where it is asked, if systemd has not opened the socket (127.0.0.1:9995)</source>
        <translation>监听地址，如果套接字不是由 systemd 打开（127.0.0.1:9995）</translation>
    </message>
    <message>
        <source>Its keepalive is that of Halfopen&apos;s rule for every connection (derived: it has the rule&apos;s values).</source>
        <translation>其保活来自 Halfopen 针对每个连接的规则（间接得知：取值与规则一致）。</translation>
    </message>
    <message>
        <source>Its keepalive is that of Halfopen&apos;s rule for {0} (derived: it was made in that unit, and has the rule&apos;s values).</source>
        <translation>其保活来自 Halfopen 针对 {0} 的规则（间接得知：在该单元中创建，且取值与规则一致）。</translation>
    </message>
    <message>
        <source>In effect until the next boot.</source>
        <translation>已生效，到下次启动为止。</translation>
    </message>
    <message>
        <source>In effect, and kept after a reboot.</source>
        <translation>已生效，重启后仍保留。</translation>
    </message>
    <message>
        <source>until the next boot</source>
        <translation>到下次启动为止</translation>
    </message>
    <message>
        <source>No rules are kept.</source>
        <translation>没有保存的规则。</translation>
    </message>
    <message>
        <source>Rules are put in effect by root alone.</source>
        <translation>只有 root 能使规则生效。</translation>
    </message>
    <message>
        <source>Keepalive for programs that never ask for it (asks for authentication)</source>
        <translation>为从不开启保活的程序开启保活（需要认证）</translation>
    </message>
    <message>
        <source>Keep the rule in the kernel alone, not in /etc/halfopen</source>
        <translation>只在内核中保留规则，不写入 /etc/halfopen</translation>
    </message>
    <message>
        <source>A process of the helper could not be started: {0}.</source>
        <translation>无法启动辅助程序的一个进程：{0}。</translation>
    </message>
    <message>
        <source>No unit is named.</source>
        <translation>没有指定单元。</translation>
    </message>
    <message>
        <source>The process of the helper that loads programs does not answer: {0}.</source>
        <translation>辅助程序中负责加载的进程没有应答：{0}。</translation>
    </message>
    <message>
        <source>The guard takes longer than usual to answer: the list of its rules will tell whether this was done.</source>
        <translation>保活规则的处理比平常更久：是否已完成，请稍后查看规则列表。</translation>
    </message>
    <message>
        <source>lost    events of the kernel were not heard ({0} time): they came faster than they could be read, or the line was cut; the next sample has what ended, but connections that lived between two samples may be missing</source>
        <translation>丢失    未收到内核的事件（{0} 次）：事件来得比读取更快，或者线路中断；下一次采样会包含已结束的连接，但只存在于两次采样之间的连接可能缺失</translation>
    </message>
    <message>
        <source>lost    events of the kernel were not heard ({0} times): they came faster than they could be read, or the line was cut; the next sample has what ended, but connections that lived between two samples may be missing</source>
        <translation>丢失    未收到内核的事件（{0} 次）：事件来得比读取更快，或者线路中断；下一次采样会包含已结束的连接，但只存在于两次采样之间的连接可能缺失</translation>
    </message>
    <message>
        <source>zstd: {0}</source>
        <translation>zstd：{0}</translation>
    </message>
    <message>
        <source>the message &apos;{0}&apos; makes no sense</source>
        <translation>消息“{0}”无法理解</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no name of a machine.</source>
        <translation>“{0}”不是机器的名称。</translation>
    </message>
    <message>
        <source>It said: {0}.</source>
        <translation>那里的说明：{0}。</translation>
    </message>
    <message>
        <source>{0} is not the machine that it was: its host key is another one. Somebody may be listening; or it was installed anew. Nothing goes on before whoever runs it has said which. ssh says: {1}</source>
        <translation>{0} 已不是原来的机器：它的主机密钥变了。可能有人在窃听，也可能是重新安装过。在其管理者说明是哪一种之前，不会继续。ssh 的说明：{1}</translation>
    </message>
    <message>
        <source>{0} lets nobody in with the keys there are: {1}.</source>
        <translation>{0} 不接受现有的密钥登录：{1}。</translation>
    </message>
    <message>
        <source>No agent has keys here: SSH_AUTH_SOCK is not set.</source>
        <translation>这里没有持有密钥的代理：未设置 SSH_AUTH_SOCK。</translation>
    </message>
    <message>
        <source>ssh to {0} has ended without a word.</source>
        <translation>到 {0} 的 ssh 已结束，没有任何说明。</translation>
    </message>
    <message>
        <source>ssh to {0}: {1}.</source>
        <translation>到 {0} 的 ssh：{1}。</translation>
    </message>
    <message>
        <source>The connection to {0} is lost.</source>
        <translation>到 {0} 的连接已中断。</translation>
    </message>
    <message>
        <source>The connection to {0} is lost: {1}.</source>
        <translation>到 {0} 的连接已中断：{1}。</translation>
    </message>
    <message>
        <source>There is no halfopenctl on {0}, or not where a command over ssh finds it (its PATH is not that of a login). Install the package halfopen-tools there, of version {1}.</source>
        <translation>{0} 上没有 halfopenctl，或者通过 ssh 执行的命令找不到它（其 PATH 与登录时不同）。请在那里安装版本 {1} 的 halfopen-tools 软件包。</translation>
    </message>
    <message>
        <source>halfopenctl on {0} does not know what it is asked for: it is older than this one ({1}).</source>
        <translation>{0} 上的 halfopenctl 不认识所请求的内容：它比本机的版本（{1}）旧。</translation>
    </message>
    <message>
        <source>it is out of order</source>
        <translation>顺序不对</translation>
    </message>
    <message>
        <source>Cannot start {0}: {1}.</source>
        <translation>无法启动 {0}：{1}。</translation>
    </message>
    <message>
        <source>Nothing comes from {0} any more.</source>
        <translation>{0} 不再发来任何内容。</translation>
    </message>
    <message>
        <source>Last heard {0} s before; it is tried again after {1} s.</source>
        <translation>最近收到内容是在 {0} 秒前；{1} 秒后重试。</translation>
    </message>
    <message>
        <source>What {0} says to whoever logs in was passed over: {1}</source>
        <translation>已略过 {0} 在登录时输出的内容：{1}</translation>
    </message>
    <message>
        <source>Another machine tells no marks, no control groups and no bound ports.</source>
        <translation>另一台机器不提供标记、控制组和绑定的端口。</translation>
    </message>
    <message>
        <source>it does not say who it is</source>
        <translation>它没有说明自己的身份</translation>
    </message>
    <message>
        <source>a message of type {0} and {1} bytes</source>
        <translation>类型为 {0}、长度为 {1} 字节的消息</translation>
    </message>
    <message>
        <source>it says twice who it is</source>
        <translation>它两次说明自己的身份</translation>
    </message>
    <message>
        <source>it compresses, which nobody has asked for</source>
        <translation>它进行了压缩，但没有人要求</translation>
    </message>
    <message>
        <source>There is no TCP socket with the cookie {0} on {1} (any more).</source>
        <translation>{1} 上没有（或不再有）cookie 为 {0} 的 TCP 套接字。</translation>
    </message>
    <message>
        <source>The other side has been silent for {0} s.</source>
        <translation>另一端已有 {0} 秒没有任何动静。</translation>
    </message>
    <message>
        <source>--nonce takes 1 to 64 hexadecimal digits, which the first line repeats.</source>
        <translation>--nonce 需要 1 至 64 个十六进制数字，第一行会重复这些数字。</translation>
    </message>
    <message>
        <source>Tell another machine&apos;s halfopenctl --host of the connections here</source>
        <translation>向另一台机器上的 halfopenctl --host 提供本机的连接</translation>
    </message>
    <message>
        <source>Hexadecimal digits that the first line repeats</source>
        <translation>第一行会重复的十六进制数字</translation>
    </message>
    <message>
        <source>Compress, where this program can</source>
        <translation>在本程序支持时压缩</translation>
    </message>
    <message>
        <source>Tell which processes hold the sockets, and their options</source>
        <translation>说明哪些进程占用套接字，以及套接字的选项</translation>
    </message>
    <message>
        <source>Open no connection of its own to measure the kernel&apos;s tick</source>
        <translation>不为测量内核的时钟节拍而建立自己的连接</translation>
    </message>
    <message>
        <source>Another machine, by ssh: its name, or user@name; halfopenctl must be there</source>
        <translation>通过 ssh 查看另一台机器：其名称，或 user@name；那里必须装有 halfopenctl</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; cannot be asked for on another machine: give the namespace by a name of letters and digits, or by cookie:N.</source>
        <translation>无法在另一台机器上指定“{0}”：请用由字母和数字组成的名称或 cookie:N 指定命名空间。</translation>
    </message>
    <message>
        <source>Halfopen looks at other machines and changes nothing there: log in to {0} for that.</source>
        <translation>Halfopen 只查看其他机器，不在那里作任何更改：如需更改，请登录 {0}。</translation>
    </message>
    <message>
        <source>Only halfopenctl stream may be run here.</source>
        <translation>这里只能运行 halfopenctl stream。</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no name of a machine</source>
        <translation>“{0}”不是机器的名称</translation>
    </message>
    <message>
        <source>Nobody asks {0} any more.</source>
        <translation>已不再询问 {0}。</translation>
    </message>
    <message>
        <source>There is neither halfopenctl nor ss (of iproute2) on {0}, or not where a command over ssh finds them (its PATH is not that of a login). Install the package halfopen-tools there, of version {1}.</source>
        <translation>{0} 上既没有 halfopenctl，也没有 ss（属于 iproute2），或者通过 ssh 执行的命令找不到它们（其 PATH 与登录时不同）。请在那里安装 halfopen-tools 软件包，版本 {1}。</translation>
    </message>
    <message>
        <source>a line without an end</source>
        <translation>一行没有结尾</translation>
    </message>
    <message>
        <source>/proc/uptime has no time</source>
        <translation>/proc/uptime 中没有时间</translation>
    </message>
    <message>
        <source>ss on {0} does not tell what the kernel says (ss --diag).</source>
        <translation>{0} 上的 ss 不提供内核的数据（ss --diag）。</translation>
    </message>
    <message>
        <source>There is no halfopenctl on {0}: ss tells of its connections, without owners, options and ends, and its moments are known to within {1} ms of its clock.</source>
        <translation>{0} 上没有 halfopenctl：其连接由 ss 提供，没有所有者、选项和结束事件，各时刻按其计时误差不超过 {1} ms。</translation>
    </message>
    <message>
        <source>Its tick is not known: it is taken for {0} Hz.</source>
        <translation>其时钟节拍未知：按 {0} Hz 计算。</translation>
    </message>
    <message>
        <source>A jump host on the way to {0}</source>
        <translation>通往 {0} 的跳板机</translation>
    </message>
    <message>
        <source>{0} has a host key that is not known here. Log in once with ssh {1} and compare it with what whoever runs it says.</source>
        <translation>{0} 的主机密钥不为本机所知。请先用 ssh {1} 登录一次，并与其管理者提供的密钥核对。</translation>
    </message>
    <message>
        <source>TCP sockets cannot be listed ({0}): this is gVisor, whose kernel has no sock_diag.</source>
        <translation>无法列出 TCP 套接字（{0}）：这里是 gVisor，其内核没有 sock_diag。</translation>
    </message>
    <message>
        <source>TCP sockets cannot be listed ({0}): this is WSL 1, which has no Linux kernel and no sock_diag. WSL 2 has: wsl --set-version NAME 2</source>
        <translation>无法列出 TCP 套接字（{0}）：这里是 WSL 1，它没有 Linux 内核，也没有 sock_diag。WSL 2 则有：wsl --set-version NAME 2</translation>
    </message>
    <message>
        <source>TCP sockets cannot be listed ({0}): the seccomp filter of this process&apos;s unit or sandbox forbids netlink sockets. In a unit: RestrictAddressFamilies=AF_NETLINK</source>
        <translation>无法列出 TCP 套接字（{0}）：本进程所在单元或沙箱的 seccomp 过滤器禁止 netlink 套接字。在单元中可设置：RestrictAddressFamilies=AF_NETLINK</translation>
    </message>
    <message>
        <source>TCP sockets cannot be listed ({0}): there are no netlink sockets here.</source>
        <translation>无法列出 TCP 套接字（{0}）：这里没有 netlink 套接字。</translation>
    </message>
    <message>
        <source>The kernel cannot list TCP sockets ({0}): either the seccomp filter forbids it that is in force for this process, or the modules inet_diag and tcp_diag are missing. Try it outside of the sandbox, or: sudo modprobe tcp_diag</source>
        <translation>内核无法列出 TCP 套接字（{0}）：可能是对本进程生效的 seccomp 过滤器禁止了它，也可能是缺少 inet_diag 和 tcp_diag 模块。请在沙箱之外再试，或者：sudo modprobe tcp_diag</translation>
    </message>
    <message>
        <source>the kernel&apos;s defaults for settings that could not be read</source>
        <translation>无法读取的设置取内核的默认值</translation>
    </message>
    <message>
        <source>It is open, but no process that is to be seen here has a descriptor of it: it is on its way between two processes (SCM_RIGHTS), open outside of this pid namespace, or the kernel&apos;s own.</source>
        <translation>它是打开的，但在此可见的进程都没有它的描述符：它正在两个进程之间传递（SCM_RIGHTS），或在此 PID 命名空间之外被占用，或属于内核自身。</translation>
    </message>
    <message>
        <source>With 0 idle connections are probed without a pause, each tcp_keepalive_intvl; a negative number makes a timer of weeks.</source>
        <translation>取 0 时会不停地探测空闲的连接，每隔 tcp_keepalive_intvl 一次；负数会造成长达数周的定时器。</translation>
    </message>
    <message>
        <source>Nothing has come from {0} within {1} s.</source>
        <translation>{1} 秒内没有从 {0} 收到任何内容。</translation>
    </message>
    <message>
        <source>{0} does not tell what its clock shows, and is cut off.</source>
        <translation>{0} 没有告知其计时，已将其断开。</translation>
    </message>
    <message>
        <source>What {0} says makes no sense: {1}.</source>
        <translation>无法理解 {0} 发来的内容：{1}。</translation>
    </message>
    <message>
        <source>{0} tells more than can be true, and is cut off.</source>
        <translation>{0} 发来的内容多得不可能属实，已将其断开。</translation>
    </message>
    <message>
        <source>{0} says more than {1} bytes before it begins: is it halfopenctl that answers?</source>
        <translation>{0} 在开始之前发来了超过 {1} 字节的内容：应答的是 halfopenctl 吗？</translation>
    </message>
    <message>
        <source>{0} is a machine of the other byte order, which cannot be read here.</source>
        <translation>{0} 是字节序相反的机器，在这里无法读取。</translation>
    </message>
    <message>
        <source>{0} speaks protocol {1}, and this program protocol {2} (Halfopen {3}): install the same version of the package halfopen-tools on both.</source>
        <translation>{0} 使用协议 {1}，本程序使用协议 {2}（Halfopen {3}）：请在两边安装相同版本的 halfopen-tools 软件包。</translation>
    </message>
    <message>
        <source>{0} speaks protocol {1} (Halfopen {2}), and this program protocol {3} (Halfopen {4}): install Halfopen {2} here.</source>
        <translation>{0} 使用协议 {1}（Halfopen {2}），本程序使用协议 {3}（Halfopen {4}）：请在本机安装 Halfopen {2}。</translation>
    </message>
    <message>
        <source>{0} speaks protocol {1} (Halfopen {2}), and this program protocol {3} (Halfopen {4}): install the package halfopen-tools there, of version {4}.</source>
        <translation>{0} 使用协议 {1}（Halfopen {2}），本程序使用协议 {3}（Halfopen {4}）：请在那台机器上安装版本为 {4} 的 halfopen-tools 软件包。</translation>
    </message>
    <message>
        <source>No halfopenctl has answered on {0}: what was run there has ended ({1}).</source>
        <translation>{0} 上没有 halfopenctl 应答：在那里运行的命令已结束（{1}）。</translation>
    </message>
    <message>
        <source>No halfopenctl has answered on {0} within {1} s.</source>
        <translation>{1} 秒内 {0} 上没有 halfopenctl 应答。</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no whole number from {1} to {2}</source>
        <translation>“{0}”不是 {1} 到 {2} 之间的整数</translation>
    </message>
    <message>
        <source>not told by {0}</source>
        <translation>{0} 未告知</translation>
    </message>
    <message>
        <source>It could not be read there.</source>
        <translation>在那里无法读取。</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is several values, and a comparison takes one</source>
        <translation>“{0}”是多个值，比较只能用一个值</translation>
    </message>
    <message>
        <source>Netns cookie</source>
        <translation>Netns cookie</translation>
    </message>
    <message>
        <source>COOKIE</source>
        <translation>COOKIE</translation>
    </message>
    <message>
        <source>Nobody lives in the network namespace {0} any more, and nothing else keeps it.</source>
        <translation>网络命名空间 {0} 中已没有进程，也没有其他东西保持它。</translation>
    </message>
    <message>
        <source>The network namespace {0} cannot be entered: its mount {1} lies beneath another one.</source>
        <translation>无法进入网络命名空间 {0}：其挂载点 {1} 被另一个挂载覆盖。</translation>
    </message>
    <message>
        <source>Which processes live there is told to an administrator alone. Of one that is known, --netns PID shows what anybody may see.</source>
        <translation>其中有哪些进程只有管理员才能得知。如果知道其中的某个进程，--netns PID 会显示任何人都能看到的内容。</translation>
    </message>
    <message>
        <source>/proc does not show the processes of others here (hidepid): network namespaces may be missing. An administrator sees them all.</source>
        <translation>此处的 /proc 不显示他人的进程（hidepid）：可能缺少一些网络命名空间。管理员可以看到全部。</translation>
    </message>
    <message>
        <source>Several network namespaces are called {0}: {1}. Say which by what stands in brackets.</source>
        <translation>有多个网络命名空间名为 {0}：{1}。请用括号中的内容指明是哪一个。</translation>
    </message>
    <message>
        <source>More is in other network namespaces, and --all-netns shows it (sockets: {0}, namespaces: {1}).</source>
        <translation>其他网络命名空间中还有内容，可用 --all-netns 显示（套接字：{0}，命名空间：{1}）。</translation>
    </message>
    <message>
        <source>{0}: an empty value (is a variable of the shell not set?)</source>
        <translation>{0}：值为空（是否有 shell 变量未设置？）</translation>
    </message>
    <message>
        <source>{0} means nothing to {1} {2}</source>
        <translation>{0} 对 {1} {2} 没有意义</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is as tcpdump has it</source>
        <translation>“{0}”是 tcpdump 的写法</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is none of its words, which are {1}</source>
        <translation>“{0}”不是可用的取值，可用的有 {1}</translation>
    </message>
    <message>
        <source>No connection has &apos;{0}&apos; anywhere: all that are shown are TCP.</source>
        <translation>没有任何连接含有“{0}”：这里显示的都是 TCP 连接。</translation>
    </message>
    <message>
        <source>{0} is not known from one sample, so nothing compares with it.</source>
        <translation>只有一次采样时不知道 {0}，因此与它的任何比较都不成立。</translation>
    </message>
    <message>
        <source>No connection has the port or the process {0}.</source>
        <translation>没有任何连接使用端口 {0} 或属于进程 {0}。</translation>
    </message>
    <message>
        <source>No connection has the port or the process {0}; did you mean {1}?</source>
        <translation>没有任何连接使用端口 {0} 或属于进程 {0}；是否想输入 {1}？</translation>
    </message>
    <message>
        <source>Next probe</source>
        <translation>下次探测</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Container/Unit</source>
        <translation>容器/单元</translation>
    </message>
    <message>
        <source>Remote name</source>
        <translation>远端主机名</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送速率</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>接收速率</translation>
    </message>
    <message>
        <source>Established</source>
        <translation>已建立</translation>
    </message>
    <message>
        <source>{0} of {1} shown; {2}</source>
        <translation>显示 {1} 个中的 {0} 个；{2}</translation>
    </message>
    <message>
        <source>This process is not let use what the helper has opened: {0}.</source>
        <translation>不允许本进程使用辅助程序打开的内容：{0}。</translation>
    </message>
    <message>
        <source>The helper has too many files open.</source>
        <translation>辅助程序打开的文件过多。</translation>
    </message>
    <message>
        <source>What tells of the sockets: auto (bpf for whoever may load it, which is exact, else sock_diag), bpf (for others after a question), or sock_diag</source>
        <translation>套接字信息的来源：auto（允许加载 bpf 时用 bpf，结果精确；否则用 sock_diag）、bpf（其他用户需经询问）或 sock_diag</translation>
    </message>
    <message>
        <source>This kernel cannot run the program that changes many sockets at once (5.15 can): {0}.</source>
        <translation>此内核无法运行一次更改多个套接字的程序（5.15 可以）：{0}。</translation>
    </message>
    <message>
        <source>{0}m</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>{0}m {1}s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
    <message>
        <source>{0}h</source>
        <translation>{0} 小时</translation>
    </message>
    <message>
        <source>{0}h {1}m</source>
        <translation>{0} 小时 {1} 分</translation>
    </message>
    <message>
        <source>{0}d</source>
        <translation>{0} 天</translation>
    </message>
    <message>
        <source>{0}d {1}h</source>
        <translation>{0} 天 {1} 小时</translation>
    </message>
    <message>
        <source>The kernel takes longer than usual; try again later.</source>
        <translation>内核用时比平常长；请稍后再试。</translation>
    </message>
    <message>
        <source>The helper is busy with the kernel for somebody else; try again later.</source>
        <translation>辅助程序正在为其他请求等待内核；请稍后再试。</translation>
    </message>
    <message>
        <source>The helper changes many sockets at once in its own network namespace alone.</source>
        <translation>辅助程序只在其自身的网络命名空间中一次更改多个套接字。</translation>
    </message>
    <message>
        <source>The handshake is not complete: no program holds the connection yet, and there is no descriptor through which it could be read or changed.</source>
        <translation>握手尚未完成：还没有程序占用此连接，也没有可用于读取或更改它的描述符。</translation>
    </message>
    <message>
        <source>A socket of this machine is locked by its program, which waits in a system call, and the kernel waited for it: this one was not changed.</source>
        <translation>本机有一个套接字被其程序锁定，该程序正在系统调用中等待，内核一直在等它：这个套接字没有更改。</translation>
    </message>
    <message>
        <source>An administrator can have the kernel change it without one.</source>
        <translation>管理员可以让内核在没有描述符的情况下更改它。</translation>
    </message>
    <message>
        <source>TCP_SYNCNT, TCP_DEFER_ACCEPT, TCP_LINGER2 and TCP_RTO_MAX_MS not set</source>
        <translation>未设 TCP_SYNCNT、TCP_DEFER_ACCEPT、TCP_LINGER2 和 TCP_RTO_MAX_MS</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个目录</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a socket cookie: give the hex number that list prints in its column Cookie (ss -e prints it as sk:).</source>
        <translation>“{0}”不是套接字 cookie：请给出 list 在 cookie 列中显示的十六进制数（ss -e 显示为 sk:）。</translation>
    </message>
    <message>
        <source>A program holds its lock while it waits inside a system call on it, and the kernel would not answer before that ends: nothing was done.</source>
        <translation>某个程序正停在对它的系统调用里，并占着它的锁；在该调用结束之前内核不会回应，因此未做任何更改。</translation>
    </message>
    <message>
        <source>No TCP socket with the cookie {0} is seen, but only an administrator sees the cookies of {1}.</source>
        <translation>未见 cookie 为 {0} 的 TCP 套接字，但 {1} 中的 cookie 只有管理员才能看到。</translation>
    </message>
    <message>
        <source>{0} to {1} ({2})</source>
        <translation>{0} 到 {1}（{2}）</translation>
    </message>
    <message>
        <source>Other subflows of its connection: {0}.</source>
        <translation>其连接的其他子流：{0}。</translation>
    </message>
    <message>
        <source>Its token is {0}.</source>
        <translation>其 token 为 {0}。</translation>
    </message>
    <message>
        <source>The token of its connection is {0}; no other subflow of it is seen.</source>
        <translation>其连接的 token 为 {0}；未见该连接的其他子流。</translation>
    </message>
    <message>
        <source>The token of its connection is {0}; other subflows of it: {1}.</source>
        <translation>其连接的 token 为 {0}；该连接的其他子流：{1}。</translation>
    </message>
    <message>
        <source>the kernel ended it in {0}, and tells its program: {1}</source>
        <translation>内核在 {0} 状态下将其结束，并告知其程序：{1}</translation>
    </message>
    <message>
        <source>the kernel ended it in {0}, and tells its program no error</source>
        <translation>内核在 {0} 状态下将其结束，没有向其程序报告错误</translation>
    </message>
    <message>
        <source>the kernel ended it in {0}</source>
        <translation>内核在 {0} 状态下将其结束</translation>
    </message>
    <message>
        <source>the program still has its descriptor</source>
        <translation>程序仍占用其描述符</translation>
    </message>
    <message>
        <source>What the kernel tells of ends cannot be read here: {0}.</source>
        <translation>无法在此读取内核关于连接结束的通知：{0}。</translation>
    </message>
    <message>
        <source>Its listener has other options now than this connection waits with.</source>
        <translation>其监听套接字现在的选项与此连接等待时所带的选项不同。</translation>
    </message>
    <message>
        <source>Its program waits in a system call and holds the lock of its socket: nothing is sent or received, and no option can be changed, until it goes on.</source>
        <translation>其程序停在系统调用中并占着该套接字的锁：在它继续运行之前，不收发任何数据，也无法更改任何选项。</translation>
    </message>
    <message>
        <source>Start one, or run this in a terminal: {0}</source>
        <translation>请启动一个，或在终端中运行：{0}</translation>
    </message>
    <message>
        <source>With sudo it goes like this: {0}</source>
        <translation>用 sudo 这样做：{0}</translation>
    </message>
    <message>
        <source>Halfopen&apos;s helper is not installed (the package halfopen-helper, or sudo cmake --install build --prefix /usr).</source>
        <translation>Halfopen 辅助程序未安装（软件包 halfopen-helper，或 sudo cmake --install build --prefix /usr）。</translation>
    </message>
    <message>
        <source>There is no system bus here, so the helper cannot be asked.</source>
        <translation>这里没有系统总线，因此无法请求辅助程序。</translation>
    </message>
    <message>
        <source>polkit is not installed or not running, so nobody can be authenticated.</source>
        <translation>polkit 未安装或未运行，因此无法认证任何人。</translation>
    </message>
    <message>
        <source>Halfopen&apos;s helper could not be started; its installation is broken.</source>
        <translation>无法启动 Halfopen 辅助程序；其安装已损坏。</translation>
    </message>
    <message>
        <source>The bus does not let anybody talk to the helper; its bus configuration is missing.</source>
        <translation>总线不允许任何人与辅助程序通信；缺少其总线配置。</translation>
    </message>
    <message>
        <source>No authentication agent is running in this session, so no dialog can be shown.</source>
        <translation>此会话中没有运行认证代理，因此无法显示对话框。</translation>
    </message>
    <message>
        <source>This session is not local, and the policy allows the change only to local ones.</source>
        <translation>此会话不是本地会话，而策略只允许本地会话更改。</translation>
    </message>
    <message>
        <source>unreachable-neighbour</source>
        <translation>邻居不可达</translation>
    </message>
    <message>
        <source>icmp-revert</source>
        <translation>退避被ICMP撤销</translation>
    </message>
    <message>
        <source>not-leaving</source>
        <translation>尚未发出</translation>
    </message>
    <message>
        <source>local-drop</source>
        <translation>本机丢弃</translation>
    </message>
    <message>
        <source>local-refuse</source>
        <translation>本机拒绝发送</translation>
    </message>
    <message>
        <source>held</source>
        <translation>暂缓发送</translation>
    </message>
    <message>
        <source>thin-linear</source>
        <translation>瘦流线性超时</translation>
    </message>
    <message>
        <source>recovery-continued</source>
        <translation>恢复期延续</translation>
    </message>
    <message>
        <source>connect-deferred</source>
        <translation>推迟连接</translation>
    </message>
    <message>
        <source>told-early</source>
        <translation>提前获知错误</translation>
    </message>
    <message>
        <source>no-probes</source>
        <translation>无探测次数</translation>
    </message>
    <message>
        <source>options-changed</source>
        <translation>选项已改变</translation>
    </message>
    <message>
        <source>mptcp-subflow</source>
        <translation>MPTCP子流</translation>
    </message>
    <message>
        <source>mptcp-closing</source>
        <translation>MPTCP关闭中</translation>
    </message>
    <message>
        <source>upper-layer</source>
        <translation>上层协议</translation>
    </message>
    <message>
        <source>closed-window</source>
        <translation>对端窗口关闭</translation>
    </message>
    <message>
        <source>deferred-accept</source>
        <translation>推迟接受</translation>
    </message>
    <message>
        <source>syn-queue-pressure</source>
        <translation>SYN队列紧张</translation>
    </message>
    <message>
        <source>fast-open-pending</source>
        <translation>快速打开未完成</translation>
    </message>
    <message>
        <source>listener-changed</source>
        <translation>监听选项已改变</translation>
    </message>
    <message>
        <source>orphan-pressure</source>
        <translation>孤儿套接字过多</translation>
    </message>
    <message>
        <source>host-suspended</source>
        <translation>主机曾休眠</translation>
    </message>
    <message>
        <source>ticks-late</source>
        <translation>节拍滞后</translation>
    </message>
    <message>
        <source>accept-queue-full</source>
        <translation>接受队列已满</translation>
    </message>
    <message>
        <source>nobody-reads</source>
        <translation>无人读取</translation>
    </message>
    <message>
        <source>owner-stopped</source>
        <translation>进程已停止</translation>
    </message>
    <message>
        <source>interface-gone</source>
        <translation>接口已消失</translation>
    </message>
    <message>
        <source>({0})</source>
        <translation>（{0}）</translation>
    </message>
    <message>
        <source>~{0}</source>
        <translation>~{0}</translation>
    </message>
    <message>
        <source>{0} ±{1}</source>
        <translation>{0}±{1}</translation>
    </message>
    <message>
        <source>within {0}</source>
        <translation>{0}内</translation>
    </message>
    <message>
        <source>now due</source>
        <translation>即刻</translation>
    </message>
    <message>
        <source>{0} µs</source>
        <translation>{0} 微秒</translation>
    </message>
    <message>
        <source>expires {0} (nominally)</source>
        <translation>将于 {0}到期（标称值）</translation>
    </message>
    <message>
        <source>{0}; round trip {1}.</source>
        <translation>{0}；往返时间 {1}。</translation>
    </message>
    <message>
        <source>the first {0}, the last {1}</source>
        <translation>最早 {0}，最晚 {1}</translation>
    </message>
    <message>
        <source>Connection tracking (conntrack) holds it as {0} and forgets it {1} without a packet.</source>
        <translation>连接跟踪（conntrack）将其记录为 {0}；若无报文，{1}清除。</translation>
    </message>
    <message>
        <source>Connection tracking (conntrack) of the machine, which it passes through, holds it as {0} and forgets it {1} without a packet.</source>
        <translation>它经过的本机连接跟踪（conntrack）将其记录为 {0}；若无报文，{1}清除。</translation>
    </message>
    <message>
        <source>locked-by-program</source>
        <translation>被程序锁定</translation>
    </message>
    <message>
        <source>It is done when that program goes on.</source>
        <translation>该程序继续运行后即会执行。</translation>
    </message>
    <message>
        <source>If its idle time is the system&apos;s, its first probe goes out before that, after {0}.</source>
        <translation>如果其空闲时间为系统默认值，首个探测会在此之前发出，即 {0} 后。</translation>
    </message>
    <message>
        <source>Its first probe goes out before that, after {0}.</source>
        <translation>首个探测会在此之前发出，即 {0} 后。</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>管道已断开</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>连接被对端重置</translation>
    </message>
    <message>
        <source>Software caused connection abort</source>
        <translation>连接被本机中止</translation>
    </message>
    <message>
        <source>Network is down</source>
        <translation>网络已断开</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>网络不可达</translation>
    </message>
    <message>
        <source>Host is down</source>
        <translation>主机已停机</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>没有到主机的路由</translation>
    </message>
    <message>
        <source>Protocol not available</source>
        <translation>协议不可用</translation>
    </message>
    <message>
        <source>Protocol error</source>
        <translation>协议错误</translation>
    </message>
    <message>
        <source>Connections are closed in this network namespace where no other is named: --netns NAME, or --all-netns.</source>
        <translation>未指定其他网络命名空间时，只关闭当前命名空间中的连接：--netns NAME 或 --all-netns。</translation>
    </message>
    <message>
        <source>The network namespace {0} is left out: {1}</source>
        <translation>略过网络命名空间 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} lets nobody in with what was typed: {1}.</source>
        <translation>{0} 不接受所输入的内容：{1}。</translation>
    </message>
</context>
<context>
    <name>CurveMeasures</name>
    <message>
        <source>%1/s</source>
        <comment>an amount of data a second</comment>
        <translation>%1/秒</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>About Halfopen</source>
        <translation>关于 Halfopen</translation>
    </message>
    <message>
        <source>Shows which TCP connections are really alive, when the kernel will next check on each of them, and when and why it will give each of them up.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>显示哪些 TCP 连接真正存活、内核下次何时检查它们，以及何时、为何放弃它们。

自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
</context>
<context>
    <name>DurationText</name>
    <message>
        <source>from %1</source>
        <translation>%1 之后</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two moments</comment>
        <translation>%1～%2</translation>
    </message>
</context>
<context>
    <name>EndedFacts</name>
    <message>
        <source>The program was told</source>
        <translation>程序收到的错误</translation>
    </message>
    <message>
        <source>Not known.</source>
        <translation>未知。</translation>
    </message>
    <message>
        <source>%1, %2 before the end.</source>
        <translation>%1，在结束前 %2。</translation>
    </message>
    <message>
        <source>%1; it was open before Halfopen looked.</source>
        <translation>%1；在 Halfopen 开始观测之前就已建立。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>首次观测</translation>
    </message>
    <message>
        <source>Last sign of life</source>
        <translation>最近响应</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>%1; last seen %2, first missed %3.</source>
        <translation>%1；最后观测 %2，首次未见 %3。</translation>
    </message>
    <message>
        <source>Was forecast for</source>
        <translation>预测的放弃时间</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>on, %1 s / %2 s / %3 probes (%4)</source>
        <translation>开启，%1 秒 / %2 秒 / %3 次探测（%4）</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>所属进程</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>Last state</source>
        <translation>最后状态</translation>
    </message>
    <message>
        <source>no sample saw it</source>
        <translation>没有采样看到它</translation>
    </message>
    <message>
        <source>Cookie</source>
        <translation>Cookie</translation>
    </message>
    <message>
        <source>Before %1, when Halfopen found it dead.</source>
        <translation>早于 %1，即 Halfopen 发现其已断开之时。</translation>
    </message>
    <message>
        <source>By its program, which may not know that it is dead; at most for %1.</source>
        <translation>程序仍占用，可能尚不知连接已断开；至多已 %1。</translation>
    </message>
    <message>
        <source>By its program, which may not know that it is dead; for %1.</source>
        <translation>程序仍占用，可能尚不知连接已断开；已 %1。</translation>
    </message>
    <message>
        <source>Still held</source>
        <translation>仍被占用</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>fact, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>from %1 until %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>何时</translation>
    </message>
    <message>
        <source>Its program</source>
        <translation>所属程序</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <comment>check mark, evidence, its source</comment>
        <translation>%1 %2（%3）</translation>
    </message>
</context>
<context>
    <name>EndedTimeline</name>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%Ln 次探测无应答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s) in vain</source>
        <translation>
            <numerusform>%Ln 次发送无应答</numerusform>
        </translation>
    </message>
    <message>
        <source>first seen</source>
        <translation>首次观测</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>建立</translation>
    </message>
    <message>
        <source>last sign of life</source>
        <translation>最近响应</translation>
    </message>
    <message>
        <source>closed; TIME-WAIT</source>
        <translation>已关闭；TIME-WAIT</translation>
    </message>
</context>
<context>
    <name>EndingStrings</name>
    <message>
        <source>reset</source>
        <translation>被重置（RST）</translation>
    </message>
    <message>
        <source>closed by Halfopen</source>
        <translation>由 Halfopen 关闭</translation>
    </message>
    <message>
        <source>%1 (likely)</source>
        <translation>很可能是%1</translation>
    </message>
    <message>
        <source>Certain: what was seen fits nothing else.</source>
        <translation>确定：观测结果与其他结束原因都不相符。</translation>
    </message>
    <message>
        <source>Likely: it fits best, but another ending would have looked the same.</source>
        <translation>很可能：与观测结果最相符，但其他结束原因看起来也会一样。</translation>
    </message>
    <message>
        <source>Not known: several endings fit alike.</source>
        <translation>未知：有几种结束原因同样相符。</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常关闭</translation>
    </message>
    <message>
        <source>not known how</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>the kernel&apos;s event</source>
        <translation>内核事件</translation>
    </message>
    <message>
        <source>byte counts</source>
        <translation>字节计数</translation>
    </message>
    <message>
        <source>forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>open descriptor</source>
        <translation>打开的描述符</translation>
    </message>
    <message>
        <source>what was missed</source>
        <translation>未观测到的部分</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message>
        <source>closed in order</source>
        <translation>正常关闭</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Position %1: %2</source>
        <comment>in a filter; what is wrong there</comment>
        <translation>第 %1 个字符处：%2</translation>
    </message>
</context>
<context>
    <name>GradeStrings</name>
    <message>
        <source>forecasts: %1 graded, %2 broken</source>
        <translation>预测：已评定 %1 个，未兑现 %2 个</translation>
    </message>
    <message>
        <source>forecasts: %1 graded, %2 broken, median %3 ms</source>
        <translation>预测：已评定 %1 个，未兑现 %2 个，误差中位数 %3 毫秒</translation>
    </message>
    <message>
        <source>Every forecast is held against what came, since Halfopen was started: %1 kept, %2 excused (what it had named was seen to come between), %3 broken.</source>
        <translation>自 Halfopen 启动以来，每个预测都与实际发生的情况对照：兑现 %1 个，可谅解 %2 个（所列前提被观察到已改变），未兑现 %3 个。</translation>
    </message>
    <message>
        <source>Moments told as a point were off by %1 ms in the median and by %2 ms at worst.</source>
        <translation>以确切时刻给出的预测，误差中位数为 %1 毫秒，最大为 %2 毫秒。</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>no program known</source>
        <translation>程序未知</translation>
    </message>
    <message>
        <source>no peer</source>
        <translation>无对端</translation>
    </message>
    <message>
        <source>no unit or container</source>
        <translation>不属于单元或容器</translation>
    </message>
    <message>
        <source>no user</source>
        <translation>无用户</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>By program</source>
        <translation>按程序</translation>
    </message>
    <message>
        <source>By process</source>
        <translation>按进程</translation>
    </message>
    <message>
        <source>By remote host</source>
        <translation>按远端主机</translation>
    </message>
    <message>
        <source>By remote net</source>
        <translation>按远端网段</translation>
    </message>
    <message>
        <source>By service</source>
        <translation>按服务</translation>
    </message>
    <message>
        <source>By unit or container</source>
        <translation>按单元或容器</translation>
    </message>
    <message>
        <source>By user</source>
        <translation>按用户</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>By diagnosis</source>
        <translation>按诊断</translation>
    </message>
    <message>
        <source>By network namespace</source>
        <translation>按网络命名空间</translation>
    </message>
    <message>
        <source>Not grouped</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>&amp;Worst First</source>
        <translation>最严重的在前(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Largest First</source>
        <translation>数量最多的在前(&amp;L)</translation>
    </message>
    <message>
        <source>By &amp;Name</source>
        <translation>按名称(&amp;N)</translation>
    </message>
    <message>
        <source>As the &amp;Column Sorts</source>
        <translation>跟随列排序(&amp;C)</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%Ln 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>Group %1, %2, %3, %4.</source>
        <comment>name, how many, diagnoses, whether it is expanded</comment>
        <translation>分组 %1，%2，%3，%4。</translation>
    </message>
    <message>
        <source>on %1</source>
        <comment>how many have keepalive</comment>
        <translation>开 %1</translation>
    </message>
    <message>
        <source>off %1</source>
        <comment>how many have no keepalive</comment>
        <translation>关 %1</translation>
    </message>
    <message>
        <source>never %1</source>
        <comment>how many will never be given up</comment>
        <translation>永不放弃 %1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between counts of on and off</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>HeaderMenu</name>
    <message>
        <source>Columns as at First</source>
        <translation>恢复初始列</translation>
    </message>
    <message>
        <source>&amp;Descending</source>
        <translation>降序(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Hide Column</source>
        <translation>不显示此列(&amp;H)</translation>
    </message>
    <message>
        <source>Sort &amp;Ascending</source>
        <translation>升序排列(&amp;A)</translation>
    </message>
    <message>
        <source>Sort &amp;Descending</source>
        <translation>降序排列(&amp;D)</translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message>
        <source>last sign of life %1 ago</source>
        <translation>最近响应在 %1前</translation>
    </message>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%Ln 次探测未应答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s) without an answer</source>
        <translation>
            <numerusform>已发送 %Ln 次，未获应答</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 retransmissions unanswered</source>
        <translation>%2 次重传中 %1 次未应答</translation>
    </message>
    <message>
        <source>%1 of %2 SYNs unanswered</source>
        <translation>%2 个 SYN 中 %1 个未应答</translation>
    </message>
    <message>
        <source>%1 of %2 SYN-ACKs unanswered</source>
        <translation>%2 个 SYN-ACK 中 %1 个未应答</translation>
    </message>
    <message>
        <source>%1 of %2 probes unanswered</source>
        <translation>%2 次探测中 %1 次未应答</translation>
    </message>
    <message>
        <source>ends %1</source>
        <translation>%1结束</translation>
    </message>
    <message>
        <source>given up %1</source>
        <translation>%1放弃</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) wait to be accepted (backlog %1)</source>
        <translation>
            <numerusform>%Ln 个连接等待接受（backlog %1）</numerusform>
        </translation>
    </message>
    <message>
        <source>the peer has closed, the program has not</source>
        <translation>对端已关闭，程序尚未关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) unread</source>
        <translation>
            <numerusform>%Ln 字节未读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) wait and the peer&apos;s window is zero</source>
        <translation>
            <numerusform>%Ln 字节在等待，对端窗口为零</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s) in flight</source>
        <translation>
            <numerusform>%Ln 个报文段在途</numerusform>
        </translation>
    </message>
    <message>
        <source>keepalive is armed</source>
        <translation>保活已设定</translation>
    </message>
    <message>
        <source>next probe %1, %2 if the peer stays silent</source>
        <translation>%1进行下一次探测，若对端一直无响应，%2</translation>
    </message>
    <message>
        <source>no mechanism of the kernel will ever notice that this peer is gone</source>
        <translation>内核没有任何机制会发现对端已消失</translation>
    </message>
    <message>
        <source>%1 listens on %2</source>
        <translation>%1 监听 %2</translation>
    </message>
    <message>
        <source>closed: it is no longer in the kernel&apos;s list</source>
        <translation>已结束：内核列表中已没有此连接</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>diagnosis, reason</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>the peer answered a probe %1 ago</source>
        <translation>对端在 %1前应答了一次探测</translation>
    </message>
    <message>
        <source>closed: %1: %2</source>
        <comment>ending, reason</comment>
        <translation>已结束（%1）：%2</translation>
    </message>
    <message>
        <source>keepalive is on without a single probe: it never asks whether the peer is there</source>
        <translation>保活已开启但没有任何探测：从不询问对端是否还在</translation>
    </message>
    <message>
        <source>keepalive is on, but its probes do not leave this machine</source>
        <translation>保活已开启，但探测包发不出本机</translation>
    </message>
    <message>
        <source>this side has closed its half, and no mechanism of the kernel will ever notice that the peer is gone</source>
        <translation>本端已关闭自己的一半，内核没有任何机制会发现对端已经消失</translation>
    </message>
    <message>
        <source>no sign of life yet</source>
        <translation>尚无响应</translation>
    </message>
    <message>
        <source>bound, neither listening nor connected</source>
        <translation>已绑定，既未监听也未连接</translation>
    </message>
    <message>
        <source>%1 has bound %2</source>
        <translation>%1 已绑定 %2</translation>
    </message>
    <message>
        <source>its connection has ended, and its program still has it open</source>
        <translation>连接已结束，程序仍占用着它</translation>
    </message>
    <message>
        <source>if its number of probes is tcp_keepalive_probes, 0, it never asks whether the peer is there</source>
        <translation>如果它的探测次数就是 tcp_keepalive_probes（0），则从不询问对端是否还在</translation>
    </message>
</context>
<context>
    <name>HistoryColumns</name>
    <message>
        <source>&gt; %1</source>
        <translation>&gt; %1</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>结束之时</translation>
    </message>
    <message>
        <source>%1 before</source>
        <translation>结束前 %1</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>持续时间</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远端</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Last sign of life</source>
        <translation>最近响应</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>早于 %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Program got</source>
        <translation>程序收到</translation>
    </message>
    <message>
        <source>Container/Unit</source>
        <translation>容器/单元</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
</context>
<context>
    <name>HomeCells</name>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1，%2前</translation>
    </message>
    <message>
        <source>Network namespace %1, cookie %2</source>
        <translation>网络命名空间 %1，cookie %2</translation>
    </message>
    <message>
        <source>Network namespace %1</source>
        <translation>网络命名空间 %1</translation>
    </message>
    <message>
        <source>Not known, or none.</source>
        <translation>未知或没有。</translation>
    </message>
    <message>
        <source>Pod %1</source>
        <translation>Pod %1</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>What if the peer were gone right now?</source>
        <translation>如果对端此刻消失会怎样？</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Bell</source>
        <translation>铃铛</translation>
    </message>
    <message>
        <source>Watched: what befalls it is told (Connection &gt; Notify).</source>
        <translation>已关注：其变化会发出通知（“连接”菜单中的“通知”）。</translation>
    </message>
    <message>
        <source>Something moves its forecast beside a silent peer; its tip and its details say what.</source>
        <translation>除对端无响应之外，还有因素影响其预测；提示和详细信息中有说明。</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Keepalive: idle time and interval in seconds, number of probes.</source>
        <translation>保活：空闲时间和间隔（秒）、探测次数。</translation>
    </message>
    <message>
        <source>In brackets: the system&apos;s setting, taken for granted.</source>
        <translation>括号内：按系统设置默认。</translation>
    </message>
    <message>
        <source>In italics, with ~: a guess, or resting on what could not be read.</source>
        <translation>斜体并带 ~：推算值，或依据未能读取的数据。</translation>
    </message>
    <message>
        <source>Another timer hides it.</source>
        <translation>被另一个定时器遮住，不可见。</translation>
    </message>
    <message>
        <source>Unanswered, of those that are allowed.</source>
        <translation>未应答次数/允许的次数。</translation>
    </message>
    <message>
        <source>1h 47m ±2m</source>
        <translation>1 小时 47 分±2 分钟</translation>
    </message>
    <message>
        <source>A band: some time from 1h 45m to 1h 49m.</source>
        <translation>区间：1 小时 45 分至 1 小时 49 分之间的某一时刻。</translation>
    </message>
    <message>
        <source>&gt; 5m</source>
        <comment>an age</comment>
        <translation>&gt; 5 分钟</translation>
    </message>
    <message>
        <source>At least: it was there before Halfopen looked.</source>
        <translation>至少：在 Halfopen 开始观测之前就已存在。</translation>
    </message>
    <message>
        <source>Where a number is known from</source>
        <translation>数值的来源</translation>
    </message>
    <message>
        <source>Other Keys</source>
        <translation>其他按键</translation>
    </message>
    <message>
        <source>Details of what is chosen</source>
        <translation>所选项的详情</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母键</translation>
    </message>
    <message>
        <source>No filter any more</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Expand the group</source>
        <translation>展开分组</translation>
    </message>
    <message>
        <source>Collapse the group</source>
        <translation>折叠分组</translation>
    </message>
    <message>
        <source>Menu of the row</source>
        <translation>所选行的菜单</translation>
    </message>
    <message>
        <source>Choose what to group by</source>
        <translation>选择分组方式</translation>
    </message>
    <message>
        <source>Chart as table, or as chart again</source>
        <translation>图表与表格之间切换</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>What the Words Mean</source>
        <translation>术语说明</translation>
    </message>
    <message>
        <source>&amp;Words</source>
        <translation>术语(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Marks and Numbers</source>
        <translation>标记与数值(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>Filter the table they are typed over</source>
        <translation>在表格上输入字母即可筛选</translation>
    </message>
    <message>
        <source>Go to the filter</source>
        <translation>转到筛选框</translation>
    </message>
</context>
<context>
    <name>ListenerTexts</name>
    <message>
        <source>accept queue</source>
        <translation>连接队列</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>已用 %1，共 %2</translation>
    </message>
    <message>
        <source>It is full: handshakes are not completed.</source>
        <translation>队列已满，握手无法完成。</translation>
    </message>
    <message>
        <source>its connections</source>
        <translation>所属连接</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%Ln 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>they inherit</source>
        <translation>连接继承的选项</translation>
    </message>
    <message>
        <source>keepalive on: first probe after %1 s, then every %2 s, %3 probes</source>
        <translation>保活开启：空闲 %1 秒后发出首个探测，之后每 %2 秒一次，共 %3 次</translation>
    </message>
    <message>
        <source>keepalive off: each is unguarded unless its program turns it on</source>
        <translation>保活关闭：除非程序自行开启，否则每个连接都无保活</translation>
    </message>
    <message>
        <source>not known: the listener&apos;s options could not be read</source>
        <translation>未知：无法读取监听套接字的选项</translation>
    </message>
    <message>
        <source>overflows</source>
        <translation>队列溢出</translation>
    </message>
    <message>
        <source>%1, of %2 that were not taken</source>
        <translation>%1 次，未被接受的共 %2 次</translation>
    </message>
    <message>
        <source>The listener</source>
        <translation>监听套接字</translation>
    </message>
    <message>
        <source>local ports</source>
        <translation>本地端口</translation>
    </message>
    <message>
        <source>%1 of %2 used to this destination (%3 %)</source>
        <translation>到此目标已用 %1，共 %2（%3 %）</translation>
    </message>
    <message>
        <source>%1 of them in TIME-WAIT</source>
        <translation>其中 %1 个处于 TIME-WAIT</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>counted of all listeners of this network namespace since it was made</source>
        <translation>此网络命名空间自创建以来所有监听套接字的合计</translation>
    </message>
</context>
<context>
    <name>MovedCells</name>
    <message>
        <source>%1/s</source>
        <comment>an amount of data a second</comment>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <comment>an age that is at least so much</comment>
        <translation>&gt; %1</translation>
    </message>
</context>
<context>
    <name>NetnsStrings</name>
    <message>
        <source>this one</source>
        <translation>本命名空间</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>属于当前用户</translation>
    </message>
    <message>
        <source>entered as administrator</source>
        <translation>以管理员身份进入</translation>
    </message>
    <message>
        <source>seen from outside</source>
        <translation>从外部查看</translation>
    </message>
    <message>
        <source>It belongs to this user: everything is seen, and may be changed.</source>
        <translation>属于当前用户：全部可见，也可以更改。</translation>
    </message>
    <message>
        <source>An administrator&apos;s rights show everything, and may change it.</source>
        <translation>凭管理员权限全部可见，也可以更改。</translation>
    </message>
    <message>
        <source>no process</source>
        <translation>没有进程</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%Ln 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>It belongs to somebody else. Shown is what anybody may see: no cookies, no tcp_info, no settings and no ends, and nothing can be changed. The kernel&apos;s defaults are assumed. An administrator sees everything (Show in Full).</source>
        <translation>属于其他用户。显示的是任何人都能看到的内容：没有 cookie、tcp_info、设置和结束记录，也不能更改。按内核默认值计算。管理员可以看到全部内容（“完整显示”）。</translation>
    </message>
</context>
<context>
    <name>NetnsTuning</name>
    <message>
        <source>The settings of the network namespace %1 are told to its owner and to an administrator only. What is shown are the kernel&apos;s defaults, which it started from.</source>
        <translation>只有所有者和管理员能读取网络命名空间 %1 的设置。此处显示的是内核默认值，即该命名空间创建时的值。</translation>
    </message>
    <message>
        <source>These are the settings of the network namespace %1, and of its connections alone.</source>
        <translation>这些是网络命名空间 %1 的设置，只影响其中的连接。</translation>
    </message>
    <message>
        <source>the connection tracking of this machine</source>
        <translation>本机的连接跟踪</translation>
    </message>
    <message>
        <source>%1 starts from the kernel&apos;s defaults each time: no file of this machine counts there, and what is to be kept is said to whoever makes it.</source>
        <translation>%1 每次都从内核默认值开始：本机的任何文件在那里都不起作用，要保留的值须写给创建它的程序。</translation>
    </message>
    <message>
        <source>In its compose file:</source>
        <translation>在其 compose 文件中：</translation>
    </message>
    <message>
        <source>Where it is started:</source>
        <translation>在启动命令中：</translation>
    </message>
    <message>
        <source>In its quadlet:</source>
        <translation>在其 quadlet 文件中：</translation>
    </message>
    <message>
        <source>In its pod&apos;s specification:</source>
        <translation>在其 Pod 规约中：</translation>
    </message>
    <message>
        <source>In a file inside of it:</source>
        <translation>在其内部的文件中：</translation>
    </message>
    <message>
        <source>In its unit (systemctl edit):</source>
        <translation>在其单元中（systemctl edit）：</translation>
    </message>
    <message>
        <source>After it is made:</source>
        <translation>创建之后执行：</translation>
    </message>
    <message>
        <source>the connection tracking of the machine, outside of it</source>
        <translation>本机（在其之外）的连接跟踪</translation>
    </message>
    <message>
        <source>IPVS of the machine, outside of it</source>
        <translation>本机（在其之外）的 IPVS</translation>
    </message>
    <message>
        <source>IPVS of this machine</source>
        <translation>本机的 IPVS</translation>
    </message>
</context>
<context>
    <name>OptionFacts</name>
    <message>
        <source>%1: %2</source>
        <comment>provenance: what it means</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Keepalive (would be, if it were switched on)</source>
        <translation>保活（若开启，则为）</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>idle time (TCP_KEEPIDLE)</source>
        <translation>空闲时间 (TCP_KEEPIDLE)</translation>
    </message>
    <message>
        <source>interval (TCP_KEEPINTVL)</source>
        <translation>间隔 (TCP_KEEPINTVL)</translation>
    </message>
    <message>
        <source>probes (TCP_KEEPCNT)</source>
        <translation>探测次数 (TCP_KEEPCNT)</translation>
    </message>
    <message>
        <source>the system&apos;s default</source>
        <translation>系统默认值</translation>
    </message>
    <message>
        <source>Other limits</source>
        <translation>其他限制</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The system&apos;s defaults</source>
        <translation>系统默认值</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>The kernel keeps no options for a socket in this state.</source>
        <translation>处于此状态的套接字，内核不保留任何选项。</translation>
    </message>
    <message>
        <source>exact: read from the socket; same as the system&apos;s</source>
        <translation>精确：从套接字读取；与系统相同</translation>
    </message>
    <message>
        <source>exact: read from the socket; override of the system&apos;s %1</source>
        <translation>精确：从套接字读取；覆盖系统的 %1</translation>
    </message>
    <message>
        <source>why not exact</source>
        <translation>为何不精确</translation>
    </message>
    <message>
        <source>what that does</source>
        <translation>其作用</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>could not be read; %1 is assumed</source>
        <translation>无法读取；按默认值 %1 处理</translation>
    </message>
    <message>
        <source>Read Exactly...</source>
        <translation>精确读取…</translation>
    </message>
    <message>
        <source>turned on by</source>
        <translation>开启者</translation>
    </message>
    <message>
        <source>Halfopen&apos;s rule for every program</source>
        <translation>Halfopen 针对每个程序的规则</translation>
    </message>
    <message>
        <source>Halfopen&apos;s rule for %1</source>
        <translation>Halfopen 针对 %1 的规则</translation>
    </message>
    <message>
        <source>derived: its unit has this rule, and it has its values</source>
        <translation>间接得知：其单元有此规则，且取值一致</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>as it was set, as a person reads it</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Shows which TCP connections are really alive, and when the kernel will give each of them up.</source>
        <translation>显示哪些 TCP 连接真正存活，以及内核何时放弃它们。</translation>
    </message>
    <message>
        <source>Show a network of its own with a connection in every state.</source>
        <translation>显示一个独立的网络，其中每种状态各有一个连接。</translation>
    </message>
    <message>
        <source>Show a recording, as `halfopenctl record` or `ss -D` writes it.</source>
        <translation>显示由 `halfopenctl record` 或 `ss -D` 写出的记录文件。</translation>
    </message>
    <message>
        <source>Language of the window, e.g. zh_CN.</source>
        <translation>窗口的语言，例如 zh_CN。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not understood; see --help.</source>
        <translation>无法理解“%1”；参见 --help。</translation>
    </message>
    <message>
        <source>There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set. In a terminal `halfopenctl watch` shows the connections live.</source>
        <translation>这里没有图形显示：DISPLAY 和 WAYLAND_DISPLAY 都没有设置。在终端中可以用 `halfopenctl watch` 实时查看连接。</translation>
    </message>
    <message>
        <source>--filter: %1</source>
        <translation>--filter：%1</translation>
    </message>
    <message>
        <source>--group-by takes none, %1.</source>
        <translation>--group-by 可取 none、%1。</translation>
    </message>
    <message>
        <source>--page takes %1.</source>
        <translation>--page 可取 %1。</translation>
    </message>
    <message>
        <source>Show what this filter lets through; see FILTERS in halfopenctl(1).</source>
        <translation>只显示符合此筛选条件的连接；语法见 halfopenctl(1) 的 FILTERS。</translation>
    </message>
    <message>
        <source>Group the connections, by program for example; none: do not.</source>
        <translation>将连接分组，例如 program（按程序）；none 表示不分组。</translation>
    </message>
    <message>
        <source>Begin with this page: %1.</source>
        <translation>启动时显示的页面：%1。</translation>
    </message>
    <message>
        <source>Begin with another network namespace in view, or with all of them.</source>
        <translation>启动时显示另一个网络命名空间，或全部命名空间。</translation>
    </message>
    <message>
        <source>NAME|all</source>
        <translation>名称|all</translation>
    </message>
    <message>
        <source>Open another window where there is one already.</source>
        <translation>即使已有窗口，也打开新窗口。</translation>
    </message>
    <message>
        <source>light, dark, high-contrast or system.</source>
        <translation>light、dark、high-contrast 或 system。</translation>
    </message>
    <message>
        <source>--theme takes light, dark, high-contrast or system.</source>
        <translation>--theme 可取 light、dark、high-contrast 或 system。</translation>
    </message>
    <message>
        <source>--host shows another machine: neither --lab nor --replay goes with it.</source>
        <translation>--host 显示另一台机器，不能与 --lab 或 --replay 同时使用。</translation>
    </message>
    <message>
        <source>Show another machine, by ssh: its name, or user@name.</source>
        <translation>通过 ssh 显示另一台机器：其名称，或 user@name。</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不</translation>
    </message>
    <message>
        <source>after more than a day</source>
        <translation>超过一天</translation>
    </message>
    <message>
        <source>2 to 24 hours</source>
        <translation>2 至 24 小时</translation>
    </message>
    <message>
        <source>10 minutes to 2 hours</source>
        <translation>10 分钟至 2 小时</translation>
    </message>
    <message>
        <source>within 10 minutes</source>
        <translation>10 分钟内</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常关闭</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>内核放弃</translation>
    </message>
    <message>
        <source>reset or refused</source>
        <translation>被重置或拒绝</translation>
    </message>
    <message>
        <source>not known how</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>closed by Halfopen</source>
        <translation>由 Halfopen 关闭</translation>
    </message>
</context>
<context>
    <name>OwnerFacts</name>
    <message>
        <source>Owners</source>
        <translation>所属进程</translation>
    </message>
    <message>
        <source>process %1, descriptor %2</source>
        <translation>进程 %1，描述符 %2</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 (uid %2)</source>
        <translation>%1 (uid %2)</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>The socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>cookie</source>
        <translation>cookie</translation>
    </message>
    <message>
        <source>inode</source>
        <translation>inode</translation>
    </message>
    <message>
        <source>network namespace</source>
        <translation>网络命名空间</translation>
    </message>
    <message>
        <source>process %1</source>
        <translation>进程 %1</translation>
    </message>
    <message>
        <source>Read Exactly...</source>
        <translation>精确读取…</translation>
    </message>
    <message>
        <source>inode %1</source>
        <translation>inode %1</translation>
    </message>
    <message>
        <source>cookie %1</source>
        <translation>cookie %1</translation>
    </message>
    <message>
        <source>Where it lives</source>
        <translation>所在位置</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>who is inside</source>
        <translation>内部进程</translation>
    </message>
    <message>
        <source>container or unit</source>
        <translation>容器或单元</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>查看时间</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Namespaces that are not in view are looked at in turn.</source>
        <translation>未显示的命名空间轮流查看。</translation>
    </message>
    <message>
        <source>MPTCP connection</source>
        <translation>MPTCP 连接</translation>
    </message>
    <message>
        <source>token not known</source>
        <translation>token 未知</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>token %1</translation>
    </message>
    <message>
        <source>No other subflow is seen.</source>
        <translation>未见其他子流。</translation>
    </message>
    <message>
        <source>Other subflows: %1.</source>
        <translation>其他子流：%1。</translation>
    </message>
</context>
<context>
    <name>Permission</name>
    <message>
        <source>not readable</source>
        <translation>无权读取</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>another user&apos;s socket, or a protected one, which takes root to read</source>
        <translation>属于其他用户或受保护的套接字，需要 root 权限才能读取</translation>
    </message>
    <message>
        <source>no timer runs that would tell, and the socket was not read</source>
        <translation>没有可供判断的定时器，且未读取该套接字</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Another language holds from the next start on.</source>
        <translation>更改语言后，下次启动时生效。</translation>
    </message>
    <message>
        <source>Keep ended connections</source>
        <translation>保留已结束的连接</translation>
    </message>
    <message>
        <source>Place of the details</source>
        <translation>详情位置</translation>
    </message>
    <message>
        <source>As the System</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>SaveFile</name>
    <message>
        <source>Saved: %1.</source>
        <translation>已保存：%1。</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>two clauses</comment>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a name, its value</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>SpokenRow</name>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 port %2</source>
        <comment>address, port</comment>
        <translation>%1 端口 %2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>program, own address</comment>
        <translation>%1，监听 %2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>program, peer</comment>
        <translation>%1，对端 %2</translation>
    </message>
    <message>
        <source>never given up</source>
        <translation>永不放弃</translation>
    </message>
    <message>
        <source>ends %1</source>
        <translation>%1结束</translation>
    </message>
    <message>
        <source>given up %1</source>
        <translation>%1放弃</translation>
    </message>
    <message>
        <source> </source>
        <comment>between two sentences</comment>
        <translation> </translation>
    </message>
    <message>
        <source>watched</source>
        <translation>已关注</translation>
    </message>
</context>
<context>
    <name>StaleText</name>
    <message>
        <source>These rows are from %1; no sample has worked since. %2</source>
        <translation>这些行采样于 %1，此后的采样都失败了。%2</translation>
    </message>
</context>
<context>
    <name>Strings</name>
    <message>
        <source>%1 %2</source>
        <comment>count, diagnosis</comment>
        <translation>%1 个%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between counts of diagnoses</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>It waits for connections.</source>
        <translation>等待连接。</translation>
    </message>
    <message>
        <source>The handshake is not finished.</source>
        <translation>握手尚未完成。</translation>
    </message>
    <message>
        <source>The peer has closed; the program has not.</source>
        <translation>对端已关闭，本端程序尚未 close。</translation>
    </message>
    <message>
        <source>It is being taken down.</source>
        <translation>正在关闭。</translation>
    </message>
    <message>
        <source>At least one probe or retransmission is unanswered: the peer may be gone.</source>
        <translation>至少有一次探测或重传未获应答：对端可能已消失。</translation>
    </message>
    <message>
        <source>Data waits and the peer&apos;s window is zero: it is there but takes nothing.</source>
        <translation>有数据待发送，而对端接收窗口为零：对端存活但不接收数据。</translation>
    </message>
    <message>
        <source>Data is in flight, or moved within the last 5 s.</source>
        <translation>有数据在途，或在最近 5 秒内传输过。</translation>
    </message>
    <message>
        <source>Nothing is in flight and keepalive is armed: if the peer is gone, the kernel will notice.</source>
        <translation>没有数据在途，保活已设定：对端若消失，内核会发现。</translation>
    </message>
    <message>
        <source>Nothing is in flight and there is no keepalive: if the peer is gone, the kernel will never notice.</source>
        <translation>没有数据在途，也没有保活：对端若消失，内核永远不会发现。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Established</source>
        <translation>已建立</translation>
    </message>
    <message>
        <source>Guarded</source>
        <translation>有保活</translation>
    </message>
    <message>
        <source>Unguarded</source>
        <translation>无保活</translation>
    </message>
    <message>
        <source>Suspect</source>
        <translation>疑似失联</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>未关闭</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>retransmit</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>TIME-WAIT</source>
        <translation>TIME-WAIT</translation>
    </message>
    <message>
        <source>MPTCP</source>
        <translation>MPTCP</translation>
    </message>
    <message>
        <source>window probe</source>
        <translation>零窗口探测</translation>
    </message>
    <message>
        <source>delayed ACK</source>
        <translation>延迟 ACK</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>探测</translation>
    </message>
    <message>
        <source>resend</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>window</source>
        <translation>零窗口探测</translation>
    </message>
    <message>
        <source>SYN</source>
        <translation>SYN</translation>
    </message>
    <message>
        <source>SYN-ACK</source>
        <translation>SYN-ACK</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>keepalive probe</source>
        <translation>保活探测</translation>
    </message>
    <message>
        <source>retransmission</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>user timeout</source>
        <translation>用户超时</translation>
    </message>
    <message>
        <source>retries</source>
        <translation>重试用尽</translation>
    </message>
    <message>
        <source>orphan</source>
        <translation>孤儿</translation>
    </message>
    <message>
        <source>window probes</source>
        <translation>零窗口探测</translation>
    </message>
    <message>
        <source>SYN retries</source>
        <translation>SYN 重试</translation>
    </message>
    <message>
        <source>SYN-ACK retries</source>
        <translation>SYN-ACK 重试</translation>
    </message>
    <message>
        <source>FIN-WAIT-2</source>
        <translation>FIN-WAIT-2</translation>
    </message>
    <message>
        <source>the last keepalive probe stays unanswered (ETIMEDOUT)</source>
        <translation>最后一次保活探测仍未应答 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>TCP_USER_TIMEOUT ends the keepalive probing (ETIMEDOUT)</source>
        <translation>TCP_USER_TIMEOUT 终止保活探测 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>the retransmissions allowed by tcp_retries2 are used up (ETIMEDOUT)</source>
        <translation>tcp_retries2 允许的重传已用尽 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>data stays unacknowledged for TCP_USER_TIMEOUT (ETIMEDOUT)</source>
        <translation>数据在 TCP_USER_TIMEOUT 内一直未被确认 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>no program holds it and the retries allowed by tcp_orphan_retries are used up</source>
        <translation>没有程序占用，且 tcp_orphan_retries 允许的重试已用尽</translation>
    </message>
    <message>
        <source>the window probes allowed by tcp_retries2 are used up (ETIMEDOUT)</source>
        <translation>tcp_retries2 允许的窗口探测已用尽 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>the peer&apos;s window stays closed for TCP_USER_TIMEOUT (ETIMEDOUT)</source>
        <translation>对端窗口在 TCP_USER_TIMEOUT 内一直关闭 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>no SYN is answered (ETIMEDOUT)</source>
        <translation>没有 SYN 得到应答 (ETIMEDOUT)</translation>
    </message>
    <message>
        <source>no SYN-ACK is acknowledged</source>
        <translation>没有 SYN-ACK 得到确认</translation>
    </message>
    <message>
        <source>the peer does not close within tcp_fin_timeout</source>
        <translation>对端未在 tcp_fin_timeout 内关闭</translation>
    </message>
    <message>
        <source>the quiet time after closing is over</source>
        <translation>关闭后的静默时间结束</translation>
    </message>
    <message>
        <source>no subflow is made within net.mptcp.close_timeout</source>
        <translation>在 net.mptcp.close_timeout 内没有建立新的子流</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>间接得知</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>推算</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>按默认值</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>不可见</translation>
    </message>
    <message>
        <source>read from the socket</source>
        <translation>从套接字读取</translation>
    </message>
    <message>
        <source>implied by what the kernel shows</source>
        <translation>由内核所示得出</translation>
    </message>
    <message>
        <source>worked out from its timer</source>
        <translation>根据其定时器推算</translation>
    </message>
    <message>
        <source>the system&apos;s default; its own is not known</source>
        <translation>系统默认值；自身的值未知</translation>
    </message>
    <message>
        <source>another timer masks it</source>
        <translation>被其他定时器遮蔽</translation>
    </message>
    <message>
        <source>The processes have not been searched for this socket.</source>
        <translation>未在进程中查找此套接字。</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>idle time as in tcp_keepalive_time</source>
        <translation>空闲时间取自 tcp_keepalive_time</translation>
    </message>
    <message>
        <source>interval as in tcp_keepalive_intvl</source>
        <translation>间隔取自 tcp_keepalive_intvl</translation>
    </message>
    <message>
        <source>probes as in tcp_keepalive_probes</source>
        <translation>探测次数取自 tcp_keepalive_probes</translation>
    </message>
    <message>
        <source>no TCP_USER_TIMEOUT</source>
        <translation>未设 TCP_USER_TIMEOUT</translation>
    </message>
    <message>
        <source>keepalive, which another timer masks</source>
        <translation>保活状态被其他定时器遮蔽</translation>
    </message>
    <message>
        <source>idle time worked out from its timer</source>
        <translation>空闲时间由其定时器推算</translation>
    </message>
    <message>
        <source>interval worked out from its timer</source>
        <translation>间隔由其定时器推算</translation>
    </message>
    <message>
        <source>the time of the first retransmission, reconstructed</source>
        <translation>首次重传的时间为重建所得</translation>
    </message>
    <message>
        <source>Keepalive watches it: the kernel probes the peer once it has been silent for the idle time.</source>
        <translation>有保活：对端无响应达到空闲时间后，内核即发出探测。</translation>
    </message>
    <message>
        <source>Data is in flight: the kernel retransmits until it is acknowledged. Keepalive rests meanwhile.</source>
        <translation>有数据在途：内核会重传直到被确认。其间保活暂停。</translation>
    </message>
    <message>
        <source>Data waits and the peer&apos;s window is closed: the kernel asks again and again whether it has opened.</source>
        <translation>有数据在等待，而对端窗口关闭：内核会反复询问窗口是否打开。</translation>
    </message>
    <message>
        <source>It is being opened: the kernel repeats the SYN until the peer answers.</source>
        <translation>正在建立：内核会重复发送 SYN 直到对端应答。</translation>
    </message>
    <message>
        <source>A peer is connecting: the kernel repeats the SYN-ACK until the peer acknowledges it.</source>
        <translation>对端正在连接：内核会重复发送 SYN-ACK 直到对端确认。</translation>
    </message>
    <message>
        <source>Our side is closed; the kernel waits a while for the peer to close too.</source>
        <translation>本端已关闭；内核会等待一段时间让对端也关闭。</translation>
    </message>
    <message>
        <source>It is closed; the kernel keeps the address pair for a while so that late packets do no harm.</source>
        <translation>已关闭；内核会保留这对地址一段时间，以免迟到的报文造成危害。</translation>
    </message>
    <message>
        <source>No program holds it any more; the kernel tries to deliver the rest and then drops it.</source>
        <translation>已没有程序占用；内核会尽力送达剩余数据，然后丢弃。</translation>
    </message>
    <message>
        <source>It waits for connections; nothing of it can time out.</source>
        <translation>它在等待连接；没有什么会超时。</translation>
    </message>
    <message>
        <source>Nothing is in flight and keepalive is off: no mechanism of the kernel is running that could ever notice that the peer is gone.</source>
        <translation>没有数据在途且保活关闭：内核中没有任何能发现对端消失的机制在运行。</translation>
    </message>
    <message>
        <source>No timer of the kernel is running for it right now.</source>
        <translation>目前内核没有为它运行任何定时器。</translation>
    </message>
    <message>
        <source>a tail loss probe before the first timeout</source>
        <translation>首次超时之前有一次尾部丢失探测（TLP）</translation>
    </message>
    <message>
        <source>the listener&apos;s options as they are now</source>
        <translation>监听套接字当前的选项</translation>
    </message>
    <message>
        <source>%1 ms are over before anything is sent again (after %2 ms): one lost packet or one unanswered probe ends the connection. The option counts milliseconds.</source>
        <translation>%1 毫秒在任何重传之前（%2 毫秒后）就已过去：丢失一个数据包或一次探测未获应答就会结束连接。该选项以毫秒计。</translation>
    </message>
    <message>
        <source>Its program has given it an address, and it is not connected.</source>
        <translation>程序已为它绑定地址，它未连接。</translation>
    </message>
    <message>
        <source>Its connection has ended, and its program still has it open.</source>
        <translation>连接已结束，程序仍占用着它。</translation>
    </message>
    <message>
        <source>the kernel&apos;s defaults for settings that could not be read</source>
        <translation>无法读取的设置取内核的默认值</translation>
    </message>
    <message>
        <source>the defaults of TCP_SYNCNT, TCP_DEFER_ACCEPT, TCP_LINGER2 and TCP_RTO_MAX_MS</source>
        <translation>TCP_SYNCNT、TCP_DEFER_ACCEPT、TCP_LINGER2 和 TCP_RTO_MAX_MS 为默认值</translation>
    </message>
    <message>
        <source>Its last subflow is gone; the kernel keeps the connection for a while, so that another may come.</source>
        <translation>最后一个子流已结束；内核将此连接保留一段时间，等待新的子流。</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>, </source>
        <comment>between parts of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message numerus="yes">
        <source>%n more program(s)</source>
        <translation>
            <numerusform>另外 %Ln 个程序</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2 given up %3</source>
        <comment>program, peer, when</comment>
        <translation>%1 到 %2 的连接：%3放弃</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between two clauses</comment>
        <translation>；</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) shown, none is chosen</source>
        <translation>
            <numerusform>显示 %Ln 个连接，未选择任何连接</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is wrong: each of them is watched, or moves.</source>
        <translation>一切正常：每个连接都有保活，或正在传输数据。</translation>
    </message>
    <message numerus="yes">
        <source>%n may have lost their peer</source>
        <translation>
            <numerusform>%Ln 个连接疑似失联</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message numerus="yes">
        <source>%n would stay open for ever if the peer were gone</source>
        <translation>
            <numerusform>如果对端消失，%Ln 个连接将永远保持打开</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed by the peer, or ended, and not closed by the program</source>
        <translation>
            <numerusform>%Ln 个连接对端已关闭或已结束，本端程序尚未关闭</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ended, and still open in the program</source>
        <translation>
            <numerusform>%Ln 个连接已断开，程序仍占用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without program or options: they take root to read</source>
        <translation>
            <numerusform>%Ln 个连接的程序或选项未知：需要 root 权限读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Read Exactly...</source>
        <translation>精确读取…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>value, how many</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message numerus="yes">
        <source>%n never given up</source>
        <translation>
            <numerusform>%Ln 个永不放弃</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing is foreseen that would end them</source>
        <translation>目前没有会使其结束的机制</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) chosen</source>
        <translation>
            <numerusform>已选择 %Ln 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Diagnoses</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Keepalive</source>
        <translation>保活</translation>
    </message>
    <message>
        <source>Keepalive differs</source>
        <translation>保活（各不相同）</translation>
    </message>
    <message>
        <source>Idle / interval / probes</source>
        <translation>空闲时间 / 间隔 / 次数</translation>
    </message>
    <message>
        <source>Idle / interval / probes differ</source>
        <translation>空闲时间 / 间隔 / 次数（各不相同）</translation>
    </message>
    <message>
        <source>Guard New Ones...</source>
        <translation>为新连接开启保活…</translation>
    </message>
    <message>
        <source>%1 given up %2</source>
        <comment>peer, when</comment>
        <translation>到 %1 的连接：%2放弃</translation>
    </message>
</context>
<context>
    <name>TableCopy</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>TcpFacts</name>
    <message>
        <source>Timing</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Counters</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>%1 B/s</source>
        <translation>%1 字节/秒</translation>
    </message>
    <message>
        <source>The kernel gives no tcp_info for a socket in this state.</source>
        <translation>处于此状态的套接字，内核不提供 tcp_info。</translation>
    </message>
    <message>
        <source>congestion control</source>
        <translation>拥塞控制</translation>
    </message>
    <message numerus="yes">
        <source>%Ln packet(s)</source>
        <translation>
            <numerusform>%Ln 个报文段</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %Ln 次</numerusform>
        </translation>
    </message>
    <message>
        <source>last sign of life</source>
        <translation>最近响应</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>waits for connections without end</source>
        <translation>无限期等待连接</translation>
    </message>
    <message>
        <source>never given up</source>
        <translation>永不放弃</translation>
    </message>
    <message>
        <source>never given up: no timer is running</source>
        <translation>永不放弃：没有定时器在运行</translation>
    </message>
    <message>
        <source>no end in sight</source>
        <translation>无法预计何时结束</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>kernel timer (%1): %2</source>
        <translation>内核定时器（%1）：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>how long, what happened</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>TrackingFact</name>
    <message>
        <source>Connection tracking</source>
        <translation>连接跟踪</translation>
    </message>
    <message>
        <source>Where this machine tracks it, it forgets it after %1 without a packet.</source>
        <translation>若本机跟踪此连接，则 %1 内没有报文后会话老化。</translation>
    </message>
    <message>
        <source>Connection tracking of the machine</source>
        <translation>本机的连接跟踪</translation>
    </message>
    <message>
        <source>It translates its addresses (NAT).</source>
        <translation>其地址被转换（NAT）。</translation>
    </message>
    <message>
        <source>IPVS</source>
        <translation>IPVS</translation>
    </message>
    <message>
        <source>Its peer is a virtual service of this machine, which forgets it after %1 without a packet.</source>
        <translation>对端是本机的虚拟服务，%1 内没有报文后会话老化。</translation>
    </message>
    <message>
        <source>It is on, and holds nothing of this connection: it forgets nothing.</source>
        <translation>已启用，但没有此连接的会话，因此不会老化。</translation>
    </message>
    <message>
        <source>How long is left of that is told to an administrator only.</source>
        <translation>只有管理员能读取其剩余时间。</translation>
    </message>
    <message>
        <source>It holds it as %1 and forgets it %2 without a packet.</source>
        <translation>将其记录为 %1；若无报文，%2清除。</translation>
    </message>
</context>
<context>
    <name>TuningStrings</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>idle time</source>
        <translation>空闲时间</translation>
    </message>
    <message>
        <source>interval</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>probes</source>
        <translation>探测次数</translation>
    </message>
    <message>
        <source>tcp_keepalive_time: how long a connection is silent before the first probe. It alone decides whether a middlebox forgets the connection.</source>
        <translation>tcp_keepalive_time：连接空闲多久后发出首个探测。路径上的中间设备是否清除会话只取决于这个值。</translation>
    </message>
    <message>
        <source>tcp_keepalive_intvl: from one unanswered probe to the next.</source>
        <translation>tcp_keepalive_intvl：从一次未应答的探测到下一次的间隔。</translation>
    </message>
    <message>
        <source>tcp_keepalive_probes: how many stay unanswered before the kernel gives the connection up.</source>
        <translation>tcp_keepalive_probes：多少次未应答之后内核放弃连接。</translation>
    </message>
    <message>
        <source>The first probe goes out after %1 of silence.</source>
        <translation>空闲 %1后发出首个探测。</translation>
    </message>
    <message>
        <source>A dead peer is noticed after %1.</source>
        <translation>对端失联后 %1可被发现。</translation>
    </message>
    <message>
        <source>No open connection has keepalive on, so it costs no packets now.</source>
        <translation>没有开启保活的连接，因此目前不产生数据包。</translation>
    </message>
    <message numerus="yes">
        <source>It costs at most %1 packets a second, probes and answers, if the %n open connection(s) with keepalive on stay idle.</source>
        <translation>
            <numerusform>若现有 %Ln 个开启保活的连接一直空闲，每秒最多产生 %1 个数据包，含探测与应答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It costs at most %1 packets a second (now %2), probes and answers, if the %n open connection(s) with keepalive on stay idle.</source>
        <translation>
            <numerusform>若现有 %Ln 个开启保活的连接一直空闲，每秒最多产生 %1 个数据包（现为 %2），含探测与应答。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>survives</source>
        <translation>可保持</translation>
    </message>
    <message>
        <source>barely</source>
        <translation>勉强保持</translation>
    </message>
    <message>
        <source>forgotten</source>
        <translation>会话已老化</translation>
    </message>
    <message>
        <source>no help</source>
        <translation>保活无效</translation>
    </message>
    <message>
        <source>%1 forgets a connection that was silent for %2.</source>
        <translation>%1 在空闲 %2后清除会话。</translation>
    </message>
    <message>
        <source>The first probe after %1 comes early enough, even if two are lost.</source>
        <translation>%1后的首个探测足够早，丢失两个也无妨。</translation>
    </message>
    <message>
        <source>The first probe after %1 comes in time, but leaves little room for lost ones.</source>
        <translation>%1后的首个探测来得及，但几乎不容丢失。</translation>
    </message>
    <message>
        <source>The first probe would go out %1 after that.</source>
        <translation>首个探测要在那之后 %1 才会发出。</translation>
    </message>
    <message>
        <source>It counts payload, and a keepalive probe has none: keepalive does not help here.</source>
        <translation>它只计有效载荷，而保活探测没有载荷：保活在此无效。</translation>
    </message>
    <message>
        <source>%1 proposed: %2 / %3 / %4. %5</source>
        <translation>%1 的建议值：%2 / %3 / %4。%5</translation>
    </message>
    <message>
        <source>Source: %1 (not compared by us).</source>
        <translation>来源：%1（我们未核对）。</translation>
    </message>
    <message>
        <source>Source: %1 (checked %2).</source>
        <translation>来源：%1（核对于 %2）。</translation>
    </message>
    <message>
        <source>kernel default</source>
        <translation>内核默认值</translation>
    </message>
    <message>
        <source>set in this laboratory</source>
        <translation>在此实验室中设定</translation>
    </message>
    <message>
        <source>set since boot; %1 brings back %2 at boot</source>
        <translation>启动后设定；启动时 %1 会恢复为 %2</translation>
    </message>
    <message>
        <source>set since boot, in no file: a reboot brings back %1</source>
        <translation>启动后设定，无文件记载：重启后恢复为 %1</translation>
    </message>
    <message>
        <source>origin not known: a file could not be read</source>
        <translation>来源不明：有文件无法读取</translation>
    </message>
    <message>
        <source>Unusual: %1 is in effect, outside %2 to %3. %4</source>
        <translation>异常：当前值 %1 超出 %2 到 %3。%4</translation>
    </message>
    <message>
        <source>At boot %1 sets %2 = %3 and wins over what Halfopen keeps.</source>
        <translation>启动时 %1 会设定 %2 = %3，并覆盖 Halfopen 保存的值。</translation>
    </message>
    <message>
        <source>follow when their armed timer fires</source>
        <translation>定时器到期后采用</translation>
    </message>
    <message>
        <source>follow at once: the kernel arms no timer anew when a setting changes</source>
        <translation>立即采用新值：设置改变时内核不会重新设定定时器</translation>
    </message>
    <message>
        <source>follow too, but another timer hides when</source>
        <translation>也会采用，但另一个定时器使其时间不可见</translation>
    </message>
    <message>
        <source>keep their own values: their program has set them</source>
        <translation>使用自己的设置：由其程序设定</translation>
    </message>
    <message>
        <source>have keepalive off and never follow: their program must ask for it (SO_KEEPALIVE)</source>
        <translation>未开启保活，永不采用：须由其程序请求（SO_KEEPALIVE）</translation>
    </message>
    <message>
        <source>cannot be told: another timer hides whether keepalive is on</source>
        <translation>无法得知：另一个定时器遮蔽了保活是否开启</translation>
    </message>
    <message>
        <source>live in other network namespaces, which have settings of their own</source>
        <translation>位于其他网络命名空间，那里有各自的设置</translation>
    </message>
    <message>
        <source>of those that follow keep an own value for some of what changes</source>
        <translation>（采用者之中）部分变更使用自己的设置</translation>
    </message>
    <message>
        <source>of those that follow could not be read: their program may have set its own values</source>
        <translation>（采用者之中）无法读取：其程序可能使用自己的设置</translation>
    </message>
    <message>
        <source>would be given up as soon as their timer fires: more of their probes are unanswered than would be allowed</source>
        <translation>会在定时器到期时立即被放弃：未应答的探测已超过将允许的次数</translation>
    </message>
    <message>
        <source>have followed: their timer was armed anew</source>
        <translation>已采用：定时器已重新设定</translation>
    </message>
    <message>
        <source>are still armed with the old value</source>
        <translation>定时器仍是旧值</translation>
    </message>
    <message>
        <source>cannot be told: another timer hides it, or hid it at the change</source>
        <translation>无法得知：另一个定时器遮蔽着它，或在变更时遮蔽了它</translation>
    </message>
    <message>
        <source>have switched keepalive off since</source>
        <translation>此后关闭了保活</translation>
    </message>
    <message>
        <source>have ended since</source>
        <translation>此后已结束</translation>
    </message>
    <message>
        <source>You may not change this: %1</source>
        <translation>您无权更改：%1</translation>
    </message>
    <message>
        <source>The helper has too much to do; try again in a moment.</source>
        <translation>辅助程序正忙，请稍后再试。</translation>
    </message>
    <message>
        <source>Nothing was changed: %1</source>
        <translation>未作任何更改：%1</translation>
    </message>
    <message>
        <source>are armed with the values in effect: their timer had not followed the change that was taken back</source>
        <translation>个的定时器仍按当前生效的值设置：在撤回之前，定时器尚未采用更改后的值</translation>
    </message>
    <message numerus="yes">
        <source>Of %n middlebox(es) %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</source>
        <translation>
            <numerusform>%Ln 种中间设备中，%1 种会在首个探测之前清除空闲连接，%2 种只在几乎不丢失探测时保持连接，%3 种可保持连接。</numerusform>
        </translation>
    </message>
    <message>
        <source>follows when its armed timer fires, %1</source>
        <translation>定时器到期后采用，%1</translation>
    </message>
    <message>
        <source>follow when their armed timer fires: the first %1, the last %2</source>
        <translation>定时器到期后采用：最早 %1，最晚 %2</translation>
    </message>
    <message>
        <source>This does the same:</source>
        <translation>以下命令效果相同：</translation>
    </message>
    <message>
        <source>No authentication agent is running in this session, so nobody can be asked for a password.</source>
        <translation>此会话中没有运行认证代理，无法弹出密码输入框。</translation>
    </message>
    <message>
        <source>Start one, or run this in a terminal, then apply again:</source>
        <translation>请启动一个，或在终端运行以下命令后再次应用：</translation>
    </message>
    <message>
        <source>Halfopen&apos;s helper is not installed, so the window cannot change the values.</source>
        <translation>未安装 Halfopen 的辅助程序，窗口无法更改这些值。</translation>
    </message>
    <message>
        <source>There is no system bus here, so the helper cannot be asked.</source>
        <translation>这里没有系统总线，无法请求辅助程序。</translation>
    </message>
    <message>
        <source>polkit is not installed or not running, so nobody can decide whether you may.</source>
        <translation>polkit 未安装或未运行，无法判定是否允许。</translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message>
        <source>Given up: %1</source>
        <translation>已放弃：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>ending, reason</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 does not close its connections</source>
        <translation>%1 没有关闭其连接</translation>
    </message>
    <message numerus="yes">
        <source>%n of them wait in CLOSE-WAIT: their peers have closed, the program has not.</source>
        <translation>
            <numerusform>其中 %Ln 个停在 CLOSE-WAIT：对端已关闭，程序尚未关闭。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a machine, what happened there</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>halfopen::AnswerBar</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>halfopen::ApplyBar</name>
    <message>
        <source>&amp;Keep after reboot</source>
        <translation>重启后保留(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Take back in 60 s unless kept</source>
        <translation>60 秒内未确认则恢复(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Revert</source>
        <translation>还原(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Apply...</source>
        <translation>应用(&amp;A)…</translation>
    </message>
    <message>
        <source>Forget at Reboot</source>
        <translation>重启时不再保留</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>恢复(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Back to the values in effect.</source>
        <translation>回到当前生效的值。</translation>
    </message>
    <message>
        <source>You may be asked for a password: these are settings of the whole machine.</source>
        <translation>可能会询问密码：这些是整台机器的设置。</translation>
    </message>
    <message>
        <source>Removes %1; the values in effect stay until the next boot.</source>
        <translation>删除 %1；当前生效的值保持到下次启动。</translation>
    </message>
    <message>
        <source>Also writes %1.</source>
        <translation>同时写入 %1。</translation>
    </message>
    <message>
        <source>The values before come back by themselves, as display settings do.</source>
        <translation>之前的值会自动恢复，如同显示设置那样。</translation>
    </message>
    <message numerus="yes">
        <source>In effect. In %n second(s) %1 come back, unless you keep the new values.</source>
        <translation>
            <numerusform>已生效。%Ln 秒后恢复 %1，除非保留新值。</numerusform>
        </translation>
    </message>
    <message>
        <source>The new values are still in effect: %1 could not be brought back.</source>
        <translation>新值仍在生效：未能恢复 %1。</translation>
    </message>
    <message>
        <source>Waiting for the answer...</source>
        <translation>正在等待答复…</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
</context>
<context>
    <name>halfopen::ChangeLog</name>
    <message>
        <source>%1: %2. %3. By %4, %5</source>
        <comment>when, of what, which values, by whom, what has become of it</comment>
        <translation>%1：%2。%3。由 %4 更改，%5</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Before → After</source>
        <translation>更改前 → 更改后</translation>
    </message>
    <message>
        <source>By</source>
        <translation>更改者</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前状态</translation>
    </message>
</context>
<context>
    <name>halfopen::ChangePanel</name>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Revert</source>
        <translation>还原(&amp;R)</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>撤销(&amp;D)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sets again exactly what was in effect before. A value that was set once stays the connection&apos;s own: it no longer follows the system&apos;s.</source>
        <translation>原样恢复之前生效的值。一经设置，该值就属于该连接自己：不再随系统设置改变。</translation>
    </message>
    <message numerus="yes">
        <source>For %n chosen connection(s). Only what you touch is changed.</source>
        <translation>
            <numerusform>针对所选的 %Ln 个连接。只更改您动过的项。</numerusform>
        </translation>
    </message>
    <message>
        <source>Now %1 of %2 would never be given up; after Apply %3.</source>
        <translation>现在 %2 个中有 %1 个永不会被放弃；应用后为 %3 个。</translation>
    </message>
    <message>
        <source>Now: %1.</source>
        <translation>现在：%1。</translation>
    </message>
    <message>
        <source>A listener: connections that it accepts from then on inherit what is set here.</source>
        <translation>监听套接字：此后接受的连接会继承这里的设置。</translation>
    </message>
    <message>
        <source>After Apply: %1.</source>
        <translation>应用后：%1。</translation>
    </message>
    <message>
        <source>Waiting for an answer...</source>
        <translation>正在等待答复…</translation>
    </message>
    <message>
        <source>The timer is being read again...</source>
        <translation>正在重新读取定时器…</translation>
    </message>
    <message>
        <source>What was set once stays the connection&apos;s own and does not follow the system&apos;s setting any more.</source>
        <translation>一经设置的值就属于该连接自己，不再随系统设置改变。</translation>
    </message>
    <message>
        <source>Now %1 of %2 would never be given up.</source>
        <translation>现在 %2 个中有 %1 个永不会被放弃。</translation>
    </message>
    <message>
        <source>Choose a connection in the table to change its keepalive.</source>
        <translation>请在表格中选择连接以更改保活设置。</translation>
    </message>
    <message>
        <source>It has ended: there is nothing to change any more.</source>
        <translation>连接已结束：没有可更改的内容。</translation>
    </message>
    <message>
        <source>The kernel keeps no options for a socket in %1.</source>
        <translation>内核不为处于 %1 状态的套接字保留选项。</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Undo Change of %n Connection(s)</source>
        <translation>
            <numerusform>撤销对 %Ln 个连接的更改(&amp;U)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo Change of %1</source>
        <translation>撤销对 %1 的更改(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo Change</source>
        <translation>撤销更改(&amp;U)</translation>
    </message>
</context>
<context>
    <name>halfopen::ChangesFlow</name>
    <message>
        <source>Changes &amp;Made...</source>
        <translation>更改记录(&amp;M)…</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
</context>
<context>
    <name>halfopen::ChangesWindow</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Show Connections</source>
        <translation>显示连接(&amp;S)</translation>
    </message>
    <message>
        <source>Changes Made</source>
        <translation>更改记录</translation>
    </message>
    <message>
        <source>What Halfopen has changed since it was started, and settings that something else has changed meanwhile.</source>
        <translation>Halfopen 启动以来所做的更改，以及其间被其他程序更改的设置。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Nothing has been changed so far.</source>
        <translation>尚未更改任何内容。</translation>
    </message>
</context>
<context>
    <name>halfopen::ChartPanel</name>
    <message>
        <source>As Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Show the same numbers as a table (T)</source>
        <translation>以表格显示相同的数字 (T)</translation>
    </message>
    <message>
        <source>%1 as table</source>
        <comment>the name of a chart</comment>
        <translation>%1：表格</translation>
    </message>
</context>
<context>
    <name>halfopen::ChipRow</name>
    <message>
        <source>Several can be chosen; the right button leaves this one out.</source>
        <translation>可同时选择多个；单击右键可排除此项。</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>a quick button: word, count</comment>
        <translation>%1  %2</translation>
    </message>
</context>
<context>
    <name>halfopen::CompareFlow</name>
    <message>
        <source>Co&amp;mpare With a Recording...</source>
        <translation>与记录文件比较(&amp;M)…</translation>
    </message>
    <message>
        <source>Compare With a Recording</source>
        <translation>与记录文件比较</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
</context>
<context>
    <name>halfopen::ComparisonModel</name>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远端</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已消失</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <extracomment>what it is, what it was, what it is now</extracomment>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>halfopen::ComparisonWindow</name>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>Nothing has changed: %n connection(s) are as they were.</source>
        <translation>
            <numerusform>没有变化：%Ln 个连接保持不变。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are as they were.</source>
        <translation>
            <numerusform>%Ln 个连接保持不变。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionActions</name>
    <message>
        <source>C&amp;hange Keepalive</source>
        <translation>更改保活(&amp;H)</translation>
    </message>
    <message>
        <source>C&amp;lose Connection...</source>
        <translation>关闭连接(&amp;L)…</translation>
    </message>
    <message>
        <source>Show How It &amp;Ended</source>
        <translation>查看结束原因(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Read Exactly</source>
        <translation>精确读取(&amp;R)</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Reads options and processes of the sockets that this user may not look into. You are asked once.</source>
        <translation>读取当前用户无权查看的套接字的选项和进程。只会询问您一次。</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message numerus="yes">
        <source>Close %n Connection(s)</source>
        <translation>
            <numerusform>关闭 %Ln 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>Every socket here was read already.</source>
        <translation>这里的所有套接字都已读取。</translation>
    </message>
    <message numerus="yes">
        <source>%n more socket(s) read.</source>
        <translation>
            <numerusform>又读取了 %Ln 个套接字。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read.</source>
        <translation>
            <numerusform>%Ln 个无法读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n...</source>
        <translation>
            <numerusform>更改 %Ln 个…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Close %n...</source>
        <translation>
            <numerusform>关闭 %Ln 个…</numerusform>
        </translation>
    </message>
    <message>
        <source>Close...</source>
        <translation>关闭…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;lose %n Connection(s)...</source>
        <translation>
            <numerusform>关闭 %Ln 个连接(&amp;L)…</numerusform>
        </translation>
    </message>
    <message>
        <source>Yes, all %1</source>
        <translation>是，全部 %1 个</translation>
    </message>
    <message>
        <source>Copy C&amp;ell</source>
        <translation>复制单元格(&amp;E)</translation>
    </message>
    <message>
        <source>Show All of This &amp;Program</source>
        <translation>显示此程序的所有连接(&amp;P)</translation>
    </message>
    <message>
        <source>End the &amp;Whole</source>
        <translation>结束整个连接(&amp;W)</translation>
    </message>
    <message>
        <source>Guar&amp;d Every New Connection...</source>
        <translation>为每个新连接开启保活(&amp;D)…</translation>
    </message>
    <message>
        <source>Guar&amp;d Every New Connection of %1...</source>
        <translation>为 %1 的每个新连接开启保活(&amp;D)…</translation>
    </message>
    <message>
        <source>Every socket is read exactly from now on, until this window is closed.</source>
        <translation>从现在起精确读取所有套接字，直到此窗口关闭。</translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionView</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Sort By</source>
        <translation>排序方式(&amp;S)</translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>&amp;Connection</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The kernel is being asked for its TCP connections.</source>
        <translation>正在向内核查询 TCP 连接。</translation>
    </message>
    <message>
        <source>Got It</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>guarded: if the peer vanishes, the kernel will notice.   unguarded: it never will, and the connection stays open for ever.</source>
        <translation>有保活：对端消失时内核会发现。无保活：内核永远不会发现，连接将一直保持打开。</translation>
    </message>
    <message>
        <source>The connections cannot be shown</source>
        <translation>无法显示连接</translation>
    </message>
    <message>
        <source>No connections</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>There is no TCP socket here right now. As soon as there is one, it stands here.</source>
        <translation>这里现在没有 TCP 套接字。一旦出现就会显示在此处。</translation>
    </message>
    <message>
        <source>The recording holds no TCP socket.</source>
        <translation>记录文件中没有 TCP 套接字。</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n connection(s) matches the filter.</source>
        <translation>
            <numerusform>%Ln 个连接都不符合筛选条件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Look Up Host &amp;Names</source>
        <translation>查询主机名(&amp;N)</translation>
    </message>
    <message>
        <source>Asks the system&apos;s resolver, which asks others, for the names of remote hosts</source>
        <translation>通过系统解析器查询远端主机的名称，这会向其他服务器发出请求</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) of this machine live in other network namespaces (containers and the like) and are not in this list.</source>
        <translation>
            <numerusform>本机另有 %Ln 个连接位于其他网络命名空间（容器等）中，不在此列表内。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) live in other network namespaces.</source>
        <translation>
            <numerusform>另有 %Ln 个连接位于其他网络命名空间。</numerusform>
        </translation>
    </message>
    <message>
        <source>Look in All Namespaces</source>
        <translation>在全部命名空间中查找</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Show All Namespaces</source>
        <translation>显示全部命名空间</translation>
    </message>
</context>
<context>
    <name>halfopen::CurvesPage</name>
    <message>
        <source>round trip</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Unanswered probes and retransmissions</source>
        <translation>未应答的探测和重传</translation>
    </message>
    <message>
        <source>unanswered</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Choose a connection.</source>
        <translation>请选择一个连接。</translation>
    </message>
    <message>
        <source>Its curves begin now.</source>
        <translation>曲线从现在开始记录。</translation>
    </message>
    <message>
        <source>Not known of this one.</source>
        <translation>此连接没有这项数据。</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Since the last sign of life</source>
        <translation>距最近响应的时间</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>无响应</translation>
    </message>
</context>
<context>
    <name>halfopen::DetailsHead</name>
    <message>
        <source>Clocks, options, owners and all else that is known</source>
        <translation>计时、选项、所属进程以及其他全部已知情况</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>More</source>
        <translation>展开</translation>
    </message>
</context>
<context>
    <name>halfopen::DetailsPane</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Select a connection to see when the kernel will check on it and when it will give it up.</source>
        <translation>选择连接，查看内核下次何时探测、何时放弃。</translation>
    </message>
    <message>
        <source>It is over; this is its record.</source>
        <translation>连接已结束，以下为其记录。</translation>
    </message>
    <message>
        <source>In History</source>
        <translation>在历史中查看</translation>
    </message>
    <message>
        <source>Copy Record</source>
        <translation>复制记录</translation>
    </message>
</context>
<context>
    <name>halfopen::DriftModel</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, kernel default</source>
        <translation>%1，内核默认值</translation>
    </message>
    <message>
        <source>≠ %1</source>
        <comment>a value that is another one than the host&apos;s</comment>
        <translation>≠ %1</translation>
    </message>
    <message>
        <source>%1, since %2</source>
        <translation>%1，自 %2 起</translation>
    </message>
    <message>
        <source>%1 of %2 could not be read.</source>
        <translation>无法读取 %2 的 %1。</translation>
    </message>
    <message>
        <source>%1 is looked at from outside: its settings are told to its owner and to an administrator only.</source>
        <translation>%1 是从外部查看的：只有所有者和管理员能读取其设置。</translation>
    </message>
    <message>
        <source>%1 in %2: %3</source>
        <translation>%2 的 %1：%3</translation>
    </message>
    <message>
        <source>%1 in %2: %3, while the host has %4</source>
        <translation>%2 的 %1：%3，而主机为 %4</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>%1 (host)</source>
        <translation>%1（主机）</translation>
    </message>
</context>
<context>
    <name>halfopen::DriftPanel</name>
    <message>
        <source>Settings by network namespace</source>
        <translation>各网络命名空间的设置</translation>
    </message>
    <message>
        <source>By Network Namespace</source>
        <translation>按网络命名空间</translation>
    </message>
    <message>
        <source>No namespace is known to have another setting than the host.</source>
        <translation>没有已知设置与主机不同的命名空间。</translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s) have another setting than the host.</source>
        <translation>
            <numerusform>%Ln 个命名空间的设置与主机不同。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n namespace(s) the settings are not known.</source>
        <translation>
            <numerusform>%Ln 个命名空间的设置未知。</numerusform>
        </translation>
    </message>
    <message>
        <source>The host passes none of its own on: a namespace starts from the kernel&apos;s defaults, whatever is set here.</source>
        <translation>主机的设置不会传给命名空间：无论此处如何设置，命名空间创建时都采用内核默认值。</translation>
    </message>
</context>
<context>
    <name>halfopen::EdgeMarker</name>
    <message numerus="yes">
        <source>%n suspect above</source>
        <translation>
            <numerusform>上方有 %Ln 个疑似失联</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::EffectPanel</name>
    <message>
        <source>Show Them in the Table</source>
        <translation>在表格中列出</translation>
    </message>
    <message>
        <source>Their timers fire within</source>
        <translation>其定时器将在此时间内触发</translation>
    </message>
    <message>
        <source>If applied</source>
        <translation>若应用</translation>
    </message>
    <message>
        <source>A connection that opens later uses the new values from the start.</source>
        <translation>之后建立的连接从一开始就使用新值。</translation>
    </message>
    <message numerus="yes">
        <source>Of the %n connection(s) that were to follow</source>
        <translation>
            <numerusform>在 %Ln 个应采用新值的连接中</numerusform>
        </translation>
    </message>
    <message>
        <source>Each of them follows when its timer fires.</source>
        <translation>每个连接都会在其定时器到期后采用新值。</translation>
    </message>
    <message>
        <source>If these values change</source>
        <translation>若这些值改变</translation>
    </message>
    <message>
        <source>Re-arm Now...</source>
        <translation>立即重设定时器…</translation>
    </message>
    <message>
        <source>Sets the same idle time on each of them, which arms its timer anew.</source>
        <translation>为其中每一个设置相同的空闲时间，从而重新设定其定时器。</translation>
    </message>
</context>
<context>
    <name>halfopen::ExportFlow</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>Command of ss</source>
        <translation>ss 命令</translation>
    </message>
    <message>
        <source>&amp;Export What Is Shown...</source>
        <translation>导出当前显示的内容(&amp;E)…</translation>
    </message>
    <message>
        <source>Export E&amp;verything...</source>
        <translation>导出全部(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Save Recording...</source>
        <translation>保存记录文件(&amp;S)…</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>没有可导出的内容。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save Recording</source>
        <translation>保存记录文件</translation>
    </message>
    <message>
        <source>Nothing is chosen</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>Copy A&amp;s</source>
        <translation>复制为(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) saved: %1.</source>
        <translation>
            <numerusform>已保存 %Ln 个套接字：%1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ExportMenu</name>
    <message>
        <source>sysctl.d File</source>
        <translation>sysctl.d 文件</translation>
    </message>
    <message>
        <source>sysctl Commands</source>
        <translation>sysctl 命令</translation>
    </message>
    <message>
        <source>Ansible Task</source>
        <translation>Ansible 任务</translation>
    </message>
    <message>
        <source>Kubernetes securityContext</source>
        <translation>Kubernetes securityContext</translation>
    </message>
    <message>
        <source>Copy as %1</source>
        <translation>复制为 %1</translation>
    </message>
    <message>
        <source>Save as %1...</source>
        <translation>另存为 %1…</translation>
    </message>
    <message>
        <source>Copied: %1.</source>
        <translation>已复制：%1。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>halfopen::FactPages</name>
    <message>
        <source>Clocks</source>
        <translation>计时</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>所属进程</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>详细数据</translation>
    </message>
</context>
<context>
    <name>halfopen::FactPanel</name>
    <message>
        <source>%1: %2</source>
        <comment>fact, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>sentence, note</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>halfopen::FieldMessage</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>哪里有误</translation>
    </message>
</context>
<context>
    <name>halfopen::FilterBar</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter by address, port, process, user, state or diagnosis (Ctrl+F)</source>
        <translation>按地址、端口、进程、用户、状态或诊断筛选 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Words that must all match, or conditions as ss has them:
firefox https    10.0.0.0/8 -ssh    state established dport = :443
process:firefox    idle&gt;10m gives-up&lt;1h    unguarded or suspect</source>
        <translation>输入须全部匹配的词，或 ss 的筛选条件：
firefox https    10.0.0.0/8 -ssh    state established dport = :443
process:firefox    idle&gt;10m gives-up&lt;1h    unguarded or suspect</translation>
    </message>
    <message>
        <source>everything is shown</source>
        <translation>当前显示全部</translation>
    </message>
    <message>
        <source>still shown: %1</source>
        <translation>当前仍按此筛选：%1</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <comment>what is wrong with the filter, what is shown meanwhile</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>connections shown, connections there are</comment>
        <translation>%2 个中的 %1 个</translation>
    </message>
    <message>
        <source>Only these are shown. Press to show the others again.</source>
        <translation>只显示这些连接。按下可恢复显示其他连接。</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <comment>a list of connections, and a cross that takes it away</comment>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>%1: show all again</source>
        <translation>%1：恢复全部显示</translation>
    </message>
</context>
<context>
    <name>halfopen::FilterCompleter</name>
    <message>
        <source>What may be typed here</source>
        <translation>此处可输入的内容</translation>
    </message>
    <message>
        <source>%1   %2</source>
        <comment>a value of a filter, how many connections have it</comment>
        <translation>%1   %2</translation>
    </message>
    <message>
        <source>%1   %2</source>
        <translation>%1   %2</translation>
    </message>
</context>
<context>
    <name>halfopen::FilterMenu</name>
    <message>
        <source>Filters</source>
        <translation>筛选列表</translation>
    </message>
    <message>
        <source>Filters that were saved, and the last ones</source>
        <translation>已保存的筛选和最近使用的筛选</translation>
    </message>
    <message>
        <source>&amp;Save This Filter...</source>
        <translation>保存当前筛选(&amp;S)…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>&amp;Remove a Saved One</source>
        <translation>删除已保存的筛选(&amp;R)</translation>
    </message>
    <message>
        <source>Save Filter</source>
        <translation>保存筛选</translation>
    </message>
    <message>
        <source>Name of the filter:</source>
        <translation>筛选名称：</translation>
    </message>
</context>
<context>
    <name>halfopen::GroupBox</name>
    <message>
        <source>&amp;Group By</source>
        <translation>分组方式(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Expand All</source>
        <translation>全部展开(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Collapse All</source>
        <translation>全部折叠(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Fold TIME-WAIT</source>
        <translation>合并 TIME-WAIT(&amp;F)</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组方式</translation>
    </message>
    <message>
        <source>Connections that have something in common become one line (Ctrl+G)</source>
        <translation>把有共同点的连接合并为一行（Ctrl+G）</translation>
    </message>
    <message>
        <source>&amp;Order of Groups</source>
        <translation>分组的顺序(&amp;O)</translation>
    </message>
    <message>
        <source>What is in TIME-WAIT is one line behind all others</source>
        <translation>处于 TIME-WAIT 的连接合并为最后一行</translation>
    </message>
</context>
<context>
    <name>halfopen::GuardDialog</name>
    <message>
        <source>&amp;Keep it after a reboot</source>
        <translation>重启后仍保留(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Guard</source>
        <translation>开启保活(&amp;G)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Guard Every New Connection</source>
        <translation>为每个新连接开启保活</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>取系统设置</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>&amp;New connections of</source>
        <translation>新连接属于(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Idle time</source>
        <translation>空闲时间(&amp;I)</translation>
    </message>
    <message>
        <source>In&amp;terval</source>
        <translation>间隔(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Probes</source>
        <translation>探测次数(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;User timeout</source>
        <translation>用户超时(&amp;U)</translation>
    </message>
    <message>
        <source>every program</source>
        <translation>每个程序</translation>
    </message>
    <message>
        <source>Its programs and connections are being counted...</source>
        <translation>正在统计其程序和连接……</translation>
    </message>
    <message>
        <source>Open connections stay as they are, and so do sockets made before their process came into the unit. Change Keepalive sets open ones.</source>
        <translation>现有连接保持不变，进程进入该单元之前创建的套接字也不变。现有连接可用“更改保活”设置。</translation>
    </message>
    <message>
        <source>It takes the place of the rule that is there: %1.</source>
        <translation>它将取代现有规则：%1。</translation>
    </message>
    <message>
        <source>Waiting for an answer...</source>
        <translation>正在等待应答……</translation>
    </message>
</context>
<context>
    <name>halfopen::GuardFlow</name>
    <message>
        <source>The kernel does not tell in which control group these were made, so that no rule can name it.</source>
        <translation>内核没有告知这些连接是在哪个控制组中创建的，因此无法为其设置规则。</translation>
    </message>
    <message>
        <source>every program</source>
        <translation>每个程序</translation>
    </message>
    <message>
        <source>Each new connection of %1 is guarded from now on, after a reboot as well.</source>
        <translation>从现在起为 %1 的每个新连接开启保活，重启后依然有效。</translation>
    </message>
    <message>
        <source>Each new connection of %1 is guarded from now on, until the next boot.</source>
        <translation>从现在起为 %1 的每个新连接开启保活，到下次启动为止。</translation>
    </message>
</context>
<context>
    <name>halfopen::GuardModel</name>
    <message>
        <source>kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>kept, not in effect</source>
        <translation>已保存，未生效</translation>
    </message>
    <message>
        <source>in effect, kept</source>
        <translation>已生效，已保存</translation>
    </message>
    <message>
        <source>until the next boot</source>
        <translation>到下次启动为止</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>取系统设置</translation>
    </message>
    <message>
        <source>every program</source>
        <translation>每个程序</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>New connections of</source>
        <translation>新连接属于</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>空闲时间</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>探测次数</translation>
    </message>
    <message>
        <source>User timeout</source>
        <translation>用户超时</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>主动连接</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>被动连接</translation>
    </message>
    <message>
        <source>Asked themselves</source>
        <translation>自行请求</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>halfopen::GuardPanel</name>
    <message>
        <source>&amp;Forget Rule</source>
        <translation>撤销规则(&amp;F)</translation>
    </message>
    <message>
        <source>Rules of the guard</source>
        <translation>保活规则</translation>
    </message>
    <message>
        <source>Keepalive for Programs That Never Ask</source>
        <translation>为从不开启保活的程序开启保活</translation>
    </message>
    <message>
        <source>Each new connection of these gets keepalive where its program does not ask for it; what a program sets itself stays.</source>
        <translation>如果程序没有为连接开启保活，则为其每个新连接开启；程序自己设置的值保持不变。</translation>
    </message>
    <message>
        <source>What is in effect is not known.</source>
        <translation>无法得知当前生效的规则。</translation>
    </message>
    <message>
        <source>New connections are guarded no more. Those that are keep their keepalive.</source>
        <translation>不再为新连接开启保活。已开启的保持不变。</translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryMenu</name>
    <message>
        <source>Only While Halfopen Is Open</source>
        <translation>仅在 Halfopen 打开期间</translation>
    </message>
    <message numerus="yes">
        <source>%n Day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy &amp;Record</source>
        <translation>复制记录(&amp;R)</translation>
    </message>
    <message>
        <source>Same Remote &amp;Now</source>
        <translation>同一远端的当前连接(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keep For</source>
        <translation>保留时间(&amp;K)</translation>
    </message>
    <message>
        <source>Lists the open connections with this remote host</source>
        <translation>列出与此远端主机之间仍打开的连接</translation>
    </message>
    <message>
        <source>&amp;Clear History...</source>
        <translation>清除历史(&amp;C)…</translation>
    </message>
    <message>
        <source>Clear History</source>
        <translation>清除历史</translation>
    </message>
    <message>
        <source>Forget all ended connections?</source>
        <translation>清除所有已结束连接的记录？</translation>
    </message>
    <message>
        <source>Those of earlier runs are forgotten as well, and the file that keeps them is emptied. This cannot be undone.</source>
        <translation>以往运行的记录也会清除，保存记录的文件将被清空。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Copy Record</source>
        <translation>复制记录</translation>
    </message>
    <message>
        <source>Same Remote Now</source>
        <translation>同一远端的当前连接</translation>
    </message>
    <message>
        <source>Hi&amp;story</source>
        <translation>历史(&amp;S)</translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryModel</name>
    <message>
        <source>%1; still open</source>
        <translation>%1；程序仍占用</translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryPage</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Filter by address, port, process, user, state or ending (Ctrl+F)</source>
        <translation>按地址、端口、进程、用户、状态或结束原因筛选 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter of ended connections</source>
        <translation>已结束连接的筛选</translation>
    </message>
    <message>
        <source>Got It</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Nothing has ended yet</source>
        <translation>还没有连接结束</translation>
    </message>
    <message>
        <source>As soon as a connection ends, it stands here with how, and how that is known.</source>
        <translation>一旦有连接结束，它就会列在这里，并说明如何结束以及依据。</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>None of the ended connections matches the filter.</source>
        <translation>没有已结束的连接符合筛选条件。</translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>显示全部</translation>
    </message>
    <message numerus="yes">
        <source>%n ended connection(s)</source>
        <translation>
            <numerusform>%Ln 个已结束的连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n ended connection(s)</source>
        <translation>
            <numerusform>%Ln 个已结束的连接中的 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The kernel had to drop events %n time(s): some endings may be missing, and for others less is known.</source>
        <translation>
            <numerusform>内核不得不丢弃事件 %Ln 次：部分连接的结束可能缺失，另一些所知较少。</numerusform>
        </translation>
    </message>
    <message>
        <source>Connections that the kernel has ended while their programs still hold them and may not know</source>
        <translation>内核已断开、程序仍占用且可能不知情的连接</translation>
    </message>
    <message>
        <source>Still held (%1)</source>
        <translation>程序仍占用（%1）</translation>
    </message>
    <message>
        <source>Of these nothing was seen but their TIME-WAIT: they were closed in order, by whom is not known</source>
        <translation>这些连接只观测到 TIME-WAIT：均为正常关闭，不知由哪个程序关闭</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>上方新增 %Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Only TIME-WAIT seen  %1</source>
        <translation>仅见 TIME-WAIT  %1</translation>
    </message>
    <message numerus="yes">
        <source>Paused; %n more connection(s) ended since.</source>
        <translation>
            <numerusform>已暂停；此后又有 %Ln 个连接结束。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryView</name>
    <message>
        <source>Ended connections</source>
        <translation>已结束的连接</translation>
    </message>
    <message>
        <source>&amp;Hide Column</source>
        <translation>不显示此列(&amp;H)</translation>
    </message>
    <message>
        <source>F&amp;it Width</source>
        <translation>适应内容宽度(&amp;I)</translation>
    </message>
    <message>
        <source>Sort &amp;Ascending</source>
        <translation>升序排列(&amp;A)</translation>
    </message>
    <message>
        <source>Sort &amp;Descending</source>
        <translation>降序排列(&amp;D)</translation>
    </message>
</context>
<context>
    <name>halfopen::HostSelector</name>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Whose connections are shown. Another machine is asked by ssh: type its name, or user@name, and press Enter.</source>
        <translation>显示哪台机器的连接。另一台机器通过 ssh 查询：输入其名称或 user@name，然后按 Enter。</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
</context>
<context>
    <name>halfopen::MainWindow</name>
    <message>
        <source>Open Recording</source>
        <translation>打开记录文件</translation>
    </message>
    <message>
        <source>How it ended is not known yet.</source>
        <translation>尚不知道它如何结束。</translation>
    </message>
</context>
<context>
    <name>halfopen::NetnsSelector</name>
    <message>
        <source>Network namespace</source>
        <translation>网络命名空间</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n connection(s)</source>
        <comment>a network namespace</comment>
        <translation>
            <numerusform>%1：%Ln 个连接</numerusform>
        </translation>
    </message>
    <message>
        <source>This namespace</source>
        <translation>本命名空间</translation>
    </message>
    <message>
        <source>This one, %1</source>
        <translation>本命名空间，%1</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>全部命名空间</translation>
    </message>
</context>
<context>
    <name>halfopen::OpenNetns</name>
    <message>
        <source>Show in Full…</source>
        <translation>完整显示…</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>network namespaces</comment>
        <translation>
            <numerusform>另有 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Seen from outside: %1. An administrator&apos;s password shows cookies, round trips, settings, ends and all that can be done.</source>
        <translation>从外部查看：%1。输入管理员密码后可以看到 cookie、往返时间、设置和结束记录，并可执行所有操作。</translation>
    </message>
</context>
<context>
    <name>halfopen::OptionsEditor</name>
    <message>
        <source>&amp;Keepalive</source>
        <translation>保活(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Idle time</source>
        <translation>空闲时间(&amp;I)</translation>
    </message>
    <message>
        <source>I&amp;nterval</source>
        <translation>间隔(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Probes</source>
        <translation>探测次数(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;User timeout</source>
        <translation>用户超时(&amp;U)</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>now on</source>
        <translation>现在开启</translation>
    </message>
    <message>
        <source>now off</source>
        <translation>现在关闭</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>现在 %1</translation>
    </message>
    <message>
        <source>MPTCP takes none</source>
        <translation>MPTCP 不支持</translation>
    </message>
</context>
<context>
    <name>halfopen::OverviewPage</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>What is on the way</source>
        <translation>途经的设备</translation>
    </message>
    <message>
        <source>Worst by</source>
        <translation>最差分组方式</translation>
    </message>
    <message>
        <source>Connections by diagnosis</source>
        <translation>各诊断的连接数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>When the kernel gives up, if all peers fell silent</source>
        <translation>若所有对端都失去响应，内核何时放弃</translation>
    </message>
    <message>
        <source>When</source>
        <translation>何时</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>最差的</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>How connections ended, per minute</source>
        <translation>每分钟结束的连接</translation>
    </message>
    <message>
        <source>Minute</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Show those that the way may have forgotten</source>
        <translation>显示空闲时间已超过途经设备空闲超时的连接</translation>
    </message>
    <message>
        <source>Show the connections to the destination that uses most ports</source>
        <translation>显示占用端口最多的目标的连接</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>No connection is open.</source>
        <translation>没有打开的连接。</translation>
    </message>
    <message>
        <source>None that could be named.</source>
        <translation>没有可以列出的分组。</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) silent for longer than this remembers:</source>
        <translation>
            <numerusform>%Ln 个连接的空闲时间已超过此设备的空闲超时：</numerusform>
        </translation>
    </message>
    <message>
        <source>Local ports to %1: %2 of %3 used (%4 %)</source>
        <translation>到 %1 的本地端口：%3 个中已用 %2 个（%4 %）</translation>
    </message>
    <message>
        <source>A recording stands still: there is no last half an hour.</source>
        <translation>记录文件静止不动：没有最近半小时。</translation>
    </message>
    <message>
        <source>A recording stands still: nothing ends in it.</source>
        <translation>记录文件静止不动：其中没有连接结束。</translation>
    </message>
    <message>
        <source>One minute is needed for a curve.</source>
        <translation>需要一分钟的数据才能画出曲线。</translation>
    </message>
    <message numerus="yes">
        <source>Worst (%n more)</source>
        <translation>
            <numerusform>最差的（另有 %Ln 个）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) in view</source>
        <translation>
            <numerusform>所选范围内共有 %Ln 个套接字</numerusform>
        </translation>
    </message>
    <message>
        <source>Connections by diagnosis, all namespaces</source>
        <translation>各诊断的连接数（全部命名空间）</translation>
    </message>
    <message>
        <source>No connection has ended in the last half an hour.</source>
        <translation>最近半小时内没有连接结束。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>halfopen::PageStack</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>halfopen::PresetList</name>
    <message>
        <source>Middlebox on the way</source>
        <translation>路径上的中间设备</translation>
    </message>
    <message>
        <source>Forgets after</source>
        <translation>空闲超时</translation>
    </message>
    <message>
        <source>With these values</source>
        <translation>按当前取值</translation>
    </message>
    <message>
        <source>Middleboxes</source>
        <translation>中间设备</translation>
    </message>
    <message>
        <source>Choose what stands on the way to see why which values fit.</source>
        <translation>选择路径上的设备，查看哪些取值合适及其原因。</translation>
    </message>
    <message>
        <source>Propose Its Val&amp;ues</source>
        <translation>采用其建议值(&amp;U)</translation>
    </message>
</context>
<context>
    <name>halfopen::Rearm</name>
    <message>
        <source>A socket takes an idle time of 1 to %1 s, so %2 s cannot be set on one.</source>
        <translation>套接字的空闲时间只能是 1 到 %1 秒，因此无法设置 %2 秒。</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message numerus="yes">
        <source>Set an idle time of %1 s on %n connection(s)?</source>
        <translation>
            <numerusform>为 %Ln 个连接设置 %1 秒的空闲时间？</numerusform>
        </translation>
    </message>
    <message>
        <source>Their timers are armed anew at once. From then on the idle time is their own: they no longer follow tcp_keepalive_time when it changes.</source>
        <translation>定时器会立即重新设定。此后空闲时间属于这些连接自己：tcp_keepalive_time 改变时不再随之改变。</translation>
    </message>
    <message>
        <source>Re-arm</source>
        <translation>重设</translation>
    </message>
    <message>
        <source>Their idle time is an override from now on.</source>
        <translation>它们的空闲时间从现在起是覆盖值。</translation>
    </message>
</context>
<context>
    <name>halfopen::RecentRecordings</name>
    <message>
        <source>Open Re&amp;cent</source>
        <translation>打开最近的记录(&amp;C)</translation>
    </message>
</context>
<context>
    <name>halfopen::RecordHead</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Of the same kind, with the same remote host, within the hour before it</source>
        <translation>此前一小时内，与同一远端主机、以同类原因结束</translation>
    </message>
    <message numerus="yes">
        <source>%n more ended alike</source>
        <translation>
            <numerusform>另有 %Ln 个同样结束</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::RecordView</name>
    <message>
        <source>How it ended</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>It is no longer in the kernel&apos;s list. How it ended is not known yet.</source>
        <translation>内核列表中已没有此连接。结束原因尚不清楚。</translation>
    </message>
</context>
<context>
    <name>halfopen::ReportBar</name>
    <message>
        <source>With addresses</source>
        <translation>包含地址</translation>
    </message>
    <message>
        <source>A forecast about this connection was broken.</source>
        <translation>有一个关于此连接的预测未兑现。</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Both samples with all their fields, the settings and the versions: what a developer needs to reproduce it</source>
        <translation>两次采样的全部字段、设置和版本：开发者重现问题所需的一切</translation>
    </message>
    <message>
        <source>Without them, the report names no host and no address</source>
        <translation>不勾选时，报告中不含主机名和地址</translation>
    </message>
</context>
<context>
    <name>halfopen::SamplingControls</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>How often the kernel is asked</source>
        <translation>多久向内核查询一次</translation>
    </message>
</context>
<context>
    <name>halfopen::SourceBanner</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Opening %1: %2 read so far.</source>
        <translation>正在打开 %1：已读取 %2。</translation>
    </message>
    <message>
        <source>Opening %1: %2 of %3 read.</source>
        <translation>正在打开 %1：已读取 %2，共 %3。</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message>
        <source>%1 - Halfopen</source>
        <translation>%1 - Halfopen</translation>
    </message>
    <message>
        <source>Laboratory - Halfopen</source>
        <translation>实验室 - Halfopen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>记录文件</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Back to This Machine</source>
        <translation>返回本机</translation>
    </message>
    <message>
        <source>Got It</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>The recording %1, written %2: its times stand still, and nothing in it can be changed.</source>
        <translation>记录文件 %1，写于 %2：时间静止，其中的内容无法更改。</translation>
    </message>
    <message>
        <source>This is the laboratory: a network of its own with a connection in every state. Nothing you do here reaches this machine&apos;s connections.</source>
        <translation>这里是实验室：一个独立的网络，包含处于各种状态的连接。在此进行的任何操作都不会影响本机的连接。</translation>
    </message>
    <message>
        <source>%1 is being asked, by ssh.</source>
        <translation>正在通过 ssh 询问 %1。</translation>
    </message>
    <message>
        <source>The connections of %1 (%2, Linux %3), by ssh. Nothing is changed there.</source>
        <translation>通过 ssh 显示 %1（%2，Linux %3）的连接。不在那里作任何更改。</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>halfopen::SshDialog</name>
    <message>
        <source>ssh asks - Halfopen</source>
        <translation>ssh 询问 - Halfopen</translation>
    </message>
</context>
<context>
    <name>halfopen::StatusLine</name>
    <message numerus="yes">
        <source>%n connection(s), %1 guarded, %2 unguarded, %3 suspect</source>
        <translation>
            <numerusform>%Ln 个连接，%1 个有保活，%2 个无保活，%3 个疑似失联</numerusform>
        </translation>
    </message>
    <message>
        <source>Since Halfopen began to look: %1 opened, %2 ended, %3 of them given up by the kernel</source>
        <translation>自 Halfopen 开始观察以来：%1 个已打开，%2 个已结束，其中 %3 个被内核放弃</translation>
    </message>
    <message>
        <source>a recording, read in %1 ms</source>
        <translation>记录文件，读取用时 %1 毫秒</translation>
    </message>
    <message>
        <source>sampled %1 ago in %2 ms</source>
        <translation>%1前采样，用时 %2 毫秒</translation>
    </message>
    <message>
        <source>The kernel has ended these connections, but their programs still hold them and may not know</source>
        <translation>内核已断开这些连接，但其程序仍占用，且可能不知情</translation>
    </message>
    <message numerus="yes">
        <source>%n dead, still open</source>
        <translation>
            <numerusform>%Ln 个已断开，程序仍占用</numerusform>
        </translation>
    </message>
    <message>
        <source>Read Exactly...</source>
        <translation>精确读取…</translation>
    </message>
    <message>
        <source>Reads options and processes of the sockets that this user may not look into. You are asked once.</source>
        <translation>读取当前用户无权查看的套接字的选项和进程。只会询问您一次。</translation>
    </message>
    <message>
        <source>Every socket is read exactly, from the kernel&apos;s own structures (BPF)</source>
        <translation>所有套接字都直接从内核的数据结构（BPF）精确读取</translation>
    </message>
</context>
<context>
    <name>halfopen::SummaryPanel</name>
    <message>
        <source>%1: %2</source>
        <comment>button, what it is about</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>halfopen::TrackView</name>
    <message>
        <source>Track of the three values</source>
        <translation>三个参数的时间轴</translation>
    </message>
    <message>
        <source>Arrow keys move: %1. %2 %3</source>
        <translation>方向键移动：%1。%2 %3</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message numerus="yes">
        <source>interval %1 × %n probe(s)</source>
        <translation>
            <numerusform>间隔 %1 × %Ln 次探测</numerusform>
        </translation>
    </message>
    <message>
        <source>1st probe</source>
        <translation>首个探测</translation>
    </message>
    <message>
        <source>given up +%1, beyond</source>
        <translation>放弃 +%1，超出图外</translation>
    </message>
    <message>
        <source>given up +%1</source>
        <translation>放弃 +%1</translation>
    </message>
    <message>
        <source>open connection that follows</source>
        <translation>会采用新值的现有连接</translation>
    </message>
    <message>
        <source>has its own values</source>
        <translation>有自己的值</translation>
    </message>
    <message>
        <source>keepalive off</source>
        <translation>未开启保活</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>1 mark: up to %1 connections</source>
        <translation>每个标记代表至多 %1 个连接</translation>
    </message>
</context>
<context>
    <name>halfopen::TuningPage</name>
    <message>
        <source>Tuning</source>
        <translation>调优</translation>
    </message>
    <message>
        <source>%1 are in effect, and will be after a reboot.</source>
        <translation>%1 已生效，重启后依然有效。</translation>
    </message>
    <message>
        <source>%1 are in effect. Nothing was written for the next boot.</source>
        <translation>%1 已生效。没有为下次启动写入任何内容。</translation>
    </message>
    <message>
        <source>Taken back: %1 are in effect again.</source>
        <translation>已恢复：%1 重新生效。</translation>
    </message>
    <message>
        <source>The file is gone. The values in effect stay until the next boot.</source>
        <translation>文件已删除。当前生效的值保持到下次启动。</translation>
    </message>
    <message>
        <source>The dialog was closed, so the new values are still in effect.</source>
        <translation>对话框已关闭，因此新值仍在生效。</translation>
    </message>
    <message>
        <source>The connections are being asked for.</source>
        <translation>正在查询连接。</translation>
    </message>
    <message>
        <source>The laboratory ends with the window: nothing in it can be kept.</source>
        <translation>实验室随窗口结束：其中的内容无法保留。</translation>
    </message>
    <message>
        <source>What is in effect is unusual, and Halfopen would not write it back.</source>
        <translation>当前生效的值异常，Halfopen 不会将其写回。</translation>
    </message>
    <message>
        <source>The table lists the %1 that wait for the longest time.</source>
        <translation>表格列出等待时间最长的 %1 个。</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message>
        <source>The new values are on trial. Keep them, or bring %1 back?</source>
        <translation>新值正在试用。保留它们，还是恢复 %1？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Could not be read, so the kernel&apos;s default is assumed: %1.</source>
        <translation>无法读取，因此按内核默认值处理：%1。</translation>
    </message>
    <message>
        <source>%1 are in effect in %2 until it ends.</source>
        <translation>%1 已在 %2 中生效，直到其结束。</translation>
    </message>
    <message>
        <source>To have them each time:</source>
        <translation>若要每次都如此：</translation>
    </message>
    <message>
        <source>Values are tried out in this program&apos;s own namespace only.</source>
        <translation>只能在本程序自身的命名空间中试用设置。</translation>
    </message>
    <message>
        <source>In this program&apos;s own namespace: %1</source>
        <translation>在本程序自己的命名空间中：%1</translation>
    </message>
    <message>
        <source>In %1: %2</source>
        <translation>在 %1 中：%2</translation>
    </message>
    <message>
        <source>waiting for the new values</source>
        <translation>等待新值生效</translation>
    </message>
</context>
<context>
    <name>halfopen::ValueEditor</name>
    <message>
        <source>&amp;Idle time before the first probe</source>
        <translation>首个探测前的空闲时间(&amp;I)</translation>
    </message>
    <message>
        <source>I&amp;nterval between probes</source>
        <translation>探测间隔(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Probes unanswered until given up</source>
        <translation>放弃前未应答的探测次数(&amp;P)</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>= %1</source>
        <translation>= %1</translation>
    </message>
    <message>
        <source>in effect: %1%2, %3</source>
        <translation>生效中：%1%2，%3</translation>
    </message>
    <message>
        <source>in effect: %1%2</source>
        <translation>生效中：%1%2</translation>
    </message>
</context>
<context>
    <name>halfopen::WatchMenu</name>
    <message>
        <source>&amp;Watch This Connection</source>
        <translation>关注此连接(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Notify</source>
        <translation>通知(&amp;N)</translation>
    </message>
    <message>
        <source>Tells on the desktop when a watched connection becomes suspect or is given up, or when a program piles up connections in CLOSE-WAIT.</source>
        <translation>当关注的连接疑似失联或被放弃，或某程序堆积 CLOSE-WAIT 连接时，在桌面上通知。</translation>
    </message>
    <message>
        <source>Watch What the &amp;Filter Shows</source>
        <translation>关注当前筛选结果(&amp;F)</translation>
    </message>
    <message>
        <source>Watch &amp;All Connections</source>
        <translation>关注所有连接(&amp;A)</translation>
    </message>
    <message>
        <source>Watch &quot;%1&quot;</source>
        <translation>关注“%1”</translation>
    </message>
    <message>
        <source>Halfopen</source>
        <translation>Halfopen</translation>
    </message>
    <message numerus="yes">
        <source>%n more of what you watch has changed.</source>
        <translation>
            <numerusform>您关注的还有 %Ln 项发生了变化。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show What &amp;Is Watched</source>
        <translation>显示关注的内容(&amp;I)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a notice: its title, its text</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>watched</source>
        <translation>已关注</translation>
    </message>
    <message>
        <source>Notices are on</source>
        <translation>通知已开启</translation>
    </message>
    <message>
        <source>This is how you are told when a watched connection becomes suspect or is given up.</source>
        <translation>所关注的连接疑似失联或被放弃时，将以这种方式通知。</translation>
    </message>
    <message>
        <source>Nothing on this desktop shows notices (org.freedesktop.Notifications): they are told here, in the window.</source>
        <translation>此桌面没有可显示通知的服务（org.freedesktop.Notifications）：通知将显示在本窗口中。</translation>
    </message>
</context>
<context>
    <name>halfopen::WhenChart</name>
    <message>
        <source>later</source>
        <translation>更晚</translation>
    </message>
    <message>
        <source>within %1: %2</source>
        <translation>%1内：%2</translation>
    </message>
    <message>
        <source>later: %1</source>
        <translation>更晚：%1</translation>
    </message>
    <message>
        <source>Their timers fire within</source>
        <translation>其定时器将在此时间内触发</translation>
    </message>
</context>
</TS>
